import { AwsError } from '../protocol/aws-error.ts';
import { jsonError } from '../protocol/json-answer.ts';
import type { LocalRequest, Service } from '../service.ts';
import { errorChunk, mediaChunk } from './media-chunk.ts';
import { namedStream } from './named-stream.ts';
import { type Start, type StartSelector, startOf } from './start-selector.ts';
import type { UploadedFragment } from './uploaded-fragment.ts';
import type { Upload, Uploads } from './uploads.ts';
import type { VideoStreams } from './video-streams.ts';

/** So many read a stream at a time (API reference, GetMedia). */
const mostReaders = 3;

/**
 * An answer ends when there is nothing to give for so long and nobody uploads (API reference, GetMedia): milliseconds.
 */
const patience = 3000;

/** What GetMedia says of a fragment that is not there (API reference, GetMedia, error tags). */
const notFound = { id: 4000, says: 'Requested fragment is not found.' } as const;

const never = new AbortController().signal;

interface Input {
  readonly StreamName?: string;
  readonly StreamARN?: string;
  readonly StartSelector?: StartSelector;
}

/**
 * GetMedia (API reference, "GetMedia" of Kinesis Video's data plane): what was uploaded to a stream and what is being
 * uploaded, fragment by fragment, each once it is whole.
 */
export function getMediaService(streams: VideoStreams, uploads: Uploads): Service {
  const readers = new Map<string, number>();
  return {
    name: 'Kinesis Video Media',
    signingName: 'kinesisvideo',
    accepts: ({ method, url }) => method === 'POST' && url.pathname === '/getMedia',
    refuse: (error) => jsonError(error, 'application/json'),
    async answer({ body, gone = never }) {
      const { StartSelector, ...named } = inputOf(body);
      const { name } = namedStream(streams, named);
      const start = startOf(StartSelector);
      const others = readers.get(name) ?? 0;
      if (others >= mostReaders) {
        throw new AwsError(
          'ConnectionLimitExceededException',
          `${mostReaders} clients read this stream already.`,
        );
      }
      readers.set(name, others + 1);
      const leave = () => readers.set(name, (readers.get(name) ?? 1) - 1);
      if (gone.aborted) leave();
      else gone.addEventListener('abort', leave, { once: true });
      return {
        status: 200,
        headers: { 'content-type': 'video/webm' },
        body: chunks(uploads.of(name), start, gone),
      };
    },
  };
}

/** @throws AwsError */
function inputOf(body: LocalRequest['body']): Input {
  try {
    const input: unknown = JSON.parse(body.toString() || '{}');
    if (typeof input === 'object' && input !== null) return input;
  } catch {
    // It is refused as any other that is none.
  }
  throw new AwsError('InvalidArgumentException', 'The request is no JSON object.');
}

/** The fragments in the order of their numbers, until the reader is gone or no more come. */
async function* chunks(
  upload: Upload,
  start: Start,
  gone: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  let last = start(byNumber(upload));
  if (last === undefined) {
    yield errorChunk(notFound.id, notFound.says);
    return;
  }
  while (!gone.aborted) {
    const fragments = byNumber(upload);
    const next = fragments.find(({ number }) => number > last!);
    if (next) {
      last = next.number;
      yield mediaChunk(next, fragments.at(-1)!.serverTime - next.serverTime);
    } else if (!(await another(upload, gone)) && !upload.isConnected) return;
  }
}

/** All have as many digits. */
const byNumber = (upload: Upload): UploadedFragment[] =>
  upload.fragments.toSorted((a, b) => (a.number < b.number ? -1 : 1));

/** Whether another fragment has become whole in time. */
function another(upload: Upload, gone: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (hasCome: boolean) => {
      stop();
      clearTimeout(late);
      gone.removeEventListener('abort', end);
      resolve(hasCome);
    };
    const end = () => settle(false);
    const stop = upload.watchFragments(() => settle(true));
    const late = setTimeout(end, patience);
    gone.addEventListener('abort', end, { once: true });
  });
}
