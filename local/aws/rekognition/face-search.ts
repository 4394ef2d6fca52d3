import { randomUUID } from 'node:crypto';
import type { VideoStreams } from '../kinesis-video/video-streams.ts';
import type { Media } from '../media.ts';
import type { Collections } from './collections.ts';
import type { FaceEngine, FoundFace } from './face-engine.ts';
import { matches } from './face-operations.ts';
import { FramesAhead } from './frames-ahead.ts';
import { searchFrame } from './search-frame.ts';
import { ProcessorFailure, type StreamProcessor } from './stream-processor.ts';
import type { ProcessorWork } from './stream-processors.ts';

/** Puts one record on a data stream. */
export type PutRecord = (partitionKey: string, data: Uint8Array) => unknown;

/** What the work of a stream processor takes. */
export interface FaceSearchOptions {
  readonly engine: FaceEngine;
  readonly collections: Collections;
  readonly videoStreams: VideoStreams;
  /** What a stream's camera gives; undefined for a stream that no camera here feeds. */
  readonly media: (streamName: string) => Media | undefined;
  /** How to put records on a data stream; undefined if there is no such stream. */
  readonly dataStream: (arn: string) => PutRecord | undefined;
  readonly log: (line: string) => void;
  /** The clock, milliseconds since 1970; the machine's when not given. */
  readonly now?: () => number;
}

/** A face is compared with everyone; more matches than this say nothing more about who it is. */
const maxMatches = 100;

/**
 * Searches the faces of a camera's frames, one face-search record a frame. A frame that cannot be looked at
 * (the engine died) is left out. While there are no frames, it waits.
 */
export function faceSearch(options: FaceSearchOptions): ProcessorWork {
  const { engine, videoStreams, media, log, now = Date.now } = options;

  return async (processor, signal, running) => {
    const streamArn = processor.videoStreamArn;
    findAll(processor, options);
    running();
    const camera = media(videoStreams.find(streamArn)?.name ?? '');
    if (!camera) return await aborted(signal);
    const watch = engine.watch();
    const frames = new FramesAhead(camera, signal);
    let trouble: string | undefined;
    // While the last face of one frame is looked at, the engine begins with the next.
    const nearlyDone = () => frames.ahead((frame) => watch.prepare(frame));
    for await (const frame of frames) {
      const { collection, put } = findAll(processor, options);
      const search = ({ similarity }: FoundFace) =>
        matches(collection, similarity, processor.threshold, maxMatches);
      try {
        const record = await searchFrame(frame, { watch, search, streamArn, nearlyDone, now });
        if (signal.aborted) return;
        await put(randomUUID(), Buffer.from(JSON.stringify(record)));
        trouble = undefined;
      } catch (error) {
        // Once for frames in a row: on a full disk it would be five times a second.
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== trouble) log(`Stream processor ${processor.name}: a frame was left out: ${reason}`);
        trouble = reason;
      }
    }
    if (!signal.aborted) await aborted(signal);
  };
}

/** What a processor works with, looked up anew for each frame: any of it may be deleted meanwhile. */
function findAll(
  { collectionId, videoStreamArn, dataStreamArn }: StreamProcessor,
  { collections, videoStreams, dataStream }: FaceSearchOptions,
) {
  const collection = collections.find(collectionId);
  if (!collection) throw new ProcessorFailure(`The collection ${collectionId} does not exist.`);
  if (!videoStreams.find(videoStreamArn))
    throw new ProcessorFailure(`The video stream ${videoStreamArn} does not exist.`);
  const put = dataStream(dataStreamArn);
  if (!put) throw new ProcessorFailure(`The data stream ${dataStreamArn} does not exist.`);
  return { collection, put };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
