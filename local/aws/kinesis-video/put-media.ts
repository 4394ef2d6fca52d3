import { AwsError } from '../protocol/aws-error.ts';
import { jsonError } from '../protocol/json-answer.ts';
import type { LocalRequest, LocalResponse, Service } from '../service.ts';
import { FragmentIngest, type UploadHeaders } from './fragment-ingest.ts';
import { fragmentNumber } from './fragment-numbers.ts';
import { namedStream } from './named-stream.ts';
import { PutMediaError } from './put-media-error.ts';
import type { UploadedFragment } from './uploaded-fragment.ts';
import type { Uploads } from './uploads.ts';
import type { VideoStreams } from './video-streams.ts';

/** A connection is ended after this (developer guide, "Kinesis Video Streams limits"): milliseconds. */
const longestConnection = 45 * 60_000;

/** What PutMedia works with. */
export interface PutMediaOptions {
  readonly streams: VideoStreams;
  readonly uploads: Uploads;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * PutMedia (API reference, "PutMedia" of Kinesis Video's data plane): Matroska comes in as one long body, and is
 * acknowledged fragment by fragment in the answer meanwhile.
 */
export function putMediaService({ streams, uploads, now }: PutMediaOptions): Service {
  return {
    name: 'Kinesis Video Media',
    signingName: 'kinesisvideo',
    accepts: ({ method, url }) => method === 'POST' && url.pathname === '/putMedia',
    takesBodyAsItComes: () => true,
    refuse: (error) => jsonError(error, 'application/json'),
    async answer(request): Promise<LocalResponse> {
      const header = (name: string) => request.headers[`x-amzn-${name}`]?.toString();
      const stream = namedStream(streams, {
        StreamName: header('stream-name'),
        StreamARN: header('stream-arn'),
      });
      const headers = uploadHeaders(header);
      const upload = uploads.of(stream.name);
      const disconnect = upload.connect();
      const said: string[] = [];
      const acknowledged = header('fragment-acknowledgment-required') === '1';
      const say = (event: string, fragment?: Partial<UploadedFragment>, error?: PutMediaError) => {
        if (acknowledged || error) said.push(acknowledgement(event, fragment, error));
      };
      const ingest = new FragmentIngest(
        headers,
        {
          began: (fragment) => say('BUFFERING', fragment),
          frame: (fragment, frame) => upload.frame(fragment, frame),
          ended(fragment) {
            upload.ended(fragment);
            say('RECEIVED', fragment);
            if (stream.retentionHours > 0) say('PERSISTED', fragment);
          },
        },
        () => fragmentNumber(now()),
        now,
      );
      const isActive = () => streams.find(stream.arn) !== undefined;
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: acknowledgements(request, { ingest, said, say, isActive, now, disconnect }),
      };
    },
  };
}

/** @throws AwsError InvalidArgumentException */
function uploadHeaders(header: (name: string) => string | undefined): UploadHeaders {
  const timecodes = header('fragment-timecode-type');
  const start = header('producer-start-timestamp');
  if (timecodes !== 'ABSOLUTE' && timecodes !== 'RELATIVE') {
    throw new AwsError(
      'InvalidArgumentException',
      'x-amzn-fragment-timecode-type is neither ABSOLUTE nor RELATIVE.',
    );
  }
  if (start !== undefined && !/^\d{1,12}(\.\d{1,9})?$/.test(start)) {
    throw new AwsError('InvalidArgumentException', 'x-amzn-producer-start-timestamp is no time in seconds.');
  }
  return { timecodes, producerStart: Math.round(Number(start ?? Number.NaN) * 1000) };
}

/** What the answer is made with. */
interface Conversation {
  readonly ingest: FragmentIngest;
  /** What is to be said next. */
  readonly said: string[];
  readonly say: (event: string, fragment?: Partial<UploadedFragment>, error?: PutMediaError) => void;
  /** Whether the stream is still there. */
  readonly isActive: () => boolean;
  readonly now: () => number;
  readonly disconnect: () => void;
}

/** Reads the body to its end, or to what is wrong with it, and says meanwhile what became of each fragment. */
async function* acknowledgements(
  { stream }: LocalRequest,
  { ingest, said, say, isActive, now, disconnect }: Conversation,
): AsyncGenerator<string, void, undefined> {
  const begun = now();
  try {
    for await (const chunk of stream ?? []) {
      if (!isActive()) throw new PutMediaError(4008, 'The stream is no more.');
      if (now() - begun > longestConnection)
        throw new PutMediaError(4003, 'The connection has lasted too long.');
      ingest.take(chunk);
      yield* said.splice(0);
    }
    ingest.end();
    yield* said.splice(0);
  } catch (error) {
    // A producer that went away is told nothing.
    if (!(error instanceof PutMediaError)) throw error;
    yield* said.splice(0);
    const producerTime = error.fragmentTime ?? ingest.currentTime;
    say('ERROR', producerTime === undefined ? {} : { producerTime }, error);
    yield* said.splice(0);
  } finally {
    disconnect();
  }
}

/** One line of the answer. */
function acknowledgement(
  event: string,
  fragment: Partial<UploadedFragment> = {},
  error?: PutMediaError,
): string {
  const { producerTime, number } = fragment;
  const line = {
    EventType: event,
    ...(producerTime !== undefined && { FragmentTimecode: producerTime }),
    ...(number !== undefined && { FragmentNumber: number }),
    ...(error && { ErrorId: error.id, ErrorCode: error.code }),
  };
  return `${JSON.stringify(line)}\n`;
}
