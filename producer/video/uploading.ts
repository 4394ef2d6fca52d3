import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import { callFailureOf } from '../aws/call-failure.ts';
import { type CameraWatchParts, watchCamera } from '../camera/camera-watch.ts';
import { problemText } from '../door/problems.text.ts';
import { Problems } from '../door/problems.ts';
import type { Watching } from '../producer.ts';
import { codedVideo } from './coded-video.ts';
import { type BufferLimits, FragmentBuffer } from './fragment-buffer.ts';
import type { Piece } from './fragmenter.ts';
import { piecesOf } from './pieces.ts';
import { Uploader, type UploaderParts, type UploadTimings } from './uploader.ts';
import { UnfitVideoError } from './video-error.ts';

/** What a watch over the door by video is made of. */
export interface UploadingParts {
  /** The camera's address. */
  readonly camera: string;
  readonly open: UploaderParts['open'];
  /** AWS's time, milliseconds since 1970. */
  readonly now: Clock;
  readonly log: Log;
  readonly cameraPauses?: CameraWatchParts<Piece>['cameraPauses'];
  readonly limits?: BufferLimits;
  readonly timings?: Partial<UploadTimings>;
}

/** What waits is given so long at the end: milliseconds. */
const lastChance = 1.5 * second;

/** How long pictures are counted over: milliseconds. */
const counted = 10 * second;

/** Begins to upload what the camera sends: from the camera into the buffer, and from the buffer to Kinesis Video. */
export function uploadDoor(parts: UploadingParts, onChange: () => void): Watching {
  const { camera, open, now, log, cameraPauses } = parts;
  const steady = () => performance.now();
  const problems = new Problems(onChange);
  const buffer = new FragmentBuffer(steady, parts.limits);
  const seen = new Seen(steady);
  const uploader = new Uploader({
    buffer,
    open,
    onFailure(error) {
      const failure = callFailureOf(error);
      problems.has('upload', problemText.aws('video stream', failure));
      log.warn('The video is not uploaded', { failure, waiting: buffer.bytes, ...loggable(error) });
    },
    onSuccess: () => problems.solved('upload'),
    now: steady,
    ...(parts.timings && { timings: parts.timings }),
  });
  const ending = new AbortController();
  const giveUp = new AbortController();
  const watched = watchCamera<Piece>(
    {
      open: (signal) => untilEnd(piecesOf(codedVideo(camera, { signal }), now), buffer),
      problems,
      log,
      unfit: (error) => (error instanceof UnfitVideoError ? error.message : undefined),
      ...(cameraPauses && { cameraPauses }),
    },
    async (piece) => {
      seen.add(piece.time);
      buffer.add(piece);
    },
    ending.signal,
  );
  const uploaded = uploader.run(giveUp.signal);
  return {
    report: () => ({
      frames: seen.count,
      faces: 0,
      calls: 0,
      dropped: buffer.dropped,
      framesPerSecond: seen.perSecond,
      lastFrame: seen.last,
      problem: problems.worst,
    }),
    async stop() {
      ending.abort();
      await watched;
      buffer.close();
      await Promise.race([uploaded, delay(lastChance, undefined, { ref: false })]);
      giveUp.abort();
      await uploaded;
    },
  };
}

/** However a camera's video ends: the fragment that it was in is over. */
async function* untilEnd(
  pieces: AsyncIterable<Piece>,
  buffer: FragmentBuffer,
): AsyncGenerator<Piece, void, undefined> {
  try {
    yield* pieces;
  } finally {
    buffer.endFragment();
  }
}

/** Counts the pictures. */
class Seen {
  readonly #now: Clock;
  readonly #times: number[] = [];
  count = 0;
  last: number | undefined;

  constructor(now: Clock) {
    this.#now = now;
  }

  add(time: number): void {
    const now = this.#now();
    this.count += 1;
    this.last = time;
    this.#times.push(now);
    while (this.#times[0]! <= now - counted) this.#times.shift();
  }

  /** To one decimal. */
  get perSecond(): number {
    const now = this.#now();
    const times = this.#times.filter((seen) => seen > now - counted);
    if (times.length < 2) return 0;
    return Math.round(((times.length - 1) / Math.max(now - times[0]!, second)) * 10_000) / 10;
  }
}
