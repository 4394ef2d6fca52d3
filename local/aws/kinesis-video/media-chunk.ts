import { element, openElement, text, uint } from './ebml-writer.ts';
import { matroskaIds as ids, type UploadedTrack } from './matroska-reader.ts';
import type { UploadedFragment, UploadedFrame } from './uploaded-fragment.ts';

const keyFrame = 0x80;
/** A track's kind (RFC 9559, 5.1.4.1.3). */
const trackTypes = { video: 1, audio: 2 } as const;

/**
 * A fragment as GetMedia gives it (API reference, GetMedia, "Payload"): Matroska from its head on, with tags before the
 * cluster that say which fragment it is, and tags after it that say where to go on.
 *
 * @param behind how far it is behind the newest fragment, milliseconds
 */
export function mediaChunk(fragment: UploadedFragment, behind: number): Buffer {
  const { number, producerTime, serverTime, tracks, frames } = fragment;
  return Buffer.concat([
    element(ids.ebml, text(ids.docType, 'matroska')),
    openElement(ids.segment),
    element(ids.info, uint(ids.timestampScale, 1_000_000)),
    element(ids.tracks, ...tracks.map(trackEntry)),
    tags({
      AWS_KINESISVIDEO_FRAGMENT_NUMBER: number,
      AWS_KINESISVIDEO_SERVER_TIMESTAMP: inSeconds(serverTime),
      AWS_KINESISVIDEO_PRODUCER_TIMESTAMP: inSeconds(producerTime),
    }),
    openElement(ids.cluster),
    uint(ids.timestamp, Math.round(producerTime)),
    ...frames.map((frame) => block(frame, producerTime)),
    tags({
      AWS_KINESISVIDEO_MILLIS_BEHIND_NOW: String(Math.round(behind)),
      AWS_KINESISVIDEO_CONTINUATION_TOKEN: number,
    }),
  ]);
}

/** What GetMedia ends with when it cannot go on, for its status has long been sent. */
export const errorChunk = (id: number, says: string): Buffer =>
  Buffer.concat([
    element(ids.ebml, text(ids.docType, 'matroska')),
    openElement(ids.segment),
    tags({ AWS_KINESISVIDEO_ERROR_CODE: says, AWS_KINESISVIDEO_ERROR_ID: String(id) }),
  ]);

function trackEntry({ number, codecId, codecPrivate, width, height }: UploadedTrack): Buffer {
  const isVideo = width > 0 && height > 0;
  return element(
    ids.trackEntry,
    uint(ids.trackNumber, number),
    uint(ids.trackUid, number),
    uint(ids.trackType, isVideo ? trackTypes.video : trackTypes.audio),
    text(ids.codecId, codecId),
    element(ids.codecPrivate, codecPrivate),
    ...(isVideo ? [element(ids.video, uint(ids.pixelWidth, width), uint(ids.pixelHeight, height))] : []),
  );
}

/** Few tracks are taken, so their numbers have one byte (RFC 9559, 10.1). */
function block({ time, track, isKey, data }: UploadedFrame, begin: number): Buffer {
  const head = Buffer.from([0x80 | track, 0, 0, isKey ? keyFrame : 0]);
  head.writeInt16BE(Math.round(time - begin), 1);
  return element(ids.simpleBlock, head, data);
}

const tags = (said: Readonly<Record<string, string>>): Buffer =>
  element(
    ids.tags,
    element(
      ids.tag,
      ...Object.entries(said).map(([name, value]) =>
        element(ids.simpleTag, text(ids.tagName, name), text(ids.tagString, value)),
      ),
    ),
  );

const inSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
