import { setTimeout as delay } from 'node:timers/promises';
import { CameraError, isUrl } from './camera-error.ts';
import type { Frame } from './frame.ts';
import { Latest } from './latest.ts';
import { type Pace, steadyPace } from './pace.ts';
import { readVideo } from './video.ts';

const looksPerSecond = 5;

const longestSideOfPicture = 1280;

/** A camera that has sent pictures and then none for so long has stopped: milliseconds. */
const patienceMs = 5000;

/** A file that is so far behind was held up, as by a machine that slept: milliseconds. */
const heldUp = 2000;

/** How a camera is watched. */
export interface CameraOptions {
  /** At most so many frames a second; 5 when not given. */
  readonly framesPerSecond?: number;
  /** Chooses the frames in place of `framesPerSecond`. */
  readonly pace?: Pace;
  /** The clock that says when a frame was seen, milliseconds since 1970; this machine's when not given. */
  readonly now?: () => number;
  /** Pictures are made smaller until no side is longer than this: pixels, 1280 when not given. */
  readonly longestSide?: number;
  /** For a file: begins again at its end, for ever. */
  readonly loop?: boolean;
  /** Ends the watching at once. */
  readonly signal?: AbortSignal;
}

/**
 * Watches a camera and gives its frames as they are seen. A user who is slow gets the newest frame next,
 * never a backlog. A file is played at its own pace, as if the camera saw now what it shows.
 *
 * The iteration ends with the signal, at the end of a file, or when it is broken off; everything is freed
 * then.
 *
 * @param address an RTSP address (with user and password in it, if the camera wants them) or a file's path
 * @throws {CameraError} in the iteration: it cannot be reached or opened, has no video, or (unless it is a
 *   file) stopped
 */
export function openCamera(address: string, options: CameraOptions = {}): AsyncIterable<Frame> {
  return { [Symbol.asyncIterator]: () => watch(address, options) };
}

async function* watch(address: string, options: CameraOptions): AsyncGenerator<Frame, void, undefined> {
  const frames = new Latest<Frame>();
  const stop = new AbortController();
  const cancel = () => {
    stop.abort();
    frames.cancel();
  };
  options.signal?.addEventListener('abort', cancel, { once: true });
  if (options.signal?.aborted) cancel();
  const see = isUrl(address) ? watchLive : playFile;
  const seeing = see(address, options, frames, stop.signal).then(
    () => frames.end(),
    (error) => frames.end(error),
  );
  try {
    yield* frames;
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    stop.abort();
    await seeing;
  }
}

async function watchLive(
  address: string,
  options: CameraOptions,
  frames: Latest<Frame>,
  stop: AbortSignal,
): Promise<void> {
  const { longestSide = longestSideOfPicture, now = Date.now } = options;
  const pace = paceOf(options);
  const silence = new AbortController();
  let patience: NodeJS.Timeout | undefined;
  const signal = AbortSignal.any([stop, silence.signal]);
  try {
    for await (const frame of readVideo(address, longestSide, signal, { keysOnly: () => pace.isIdle })) {
      patience?.refresh();
      patience ??= setTimeout(() => silence.abort(), patienceMs);
      const time = now();
      if (await pace.isDue(performance.now(), () => frame.glance())) {
        frames.offer({ time, picture: await frame.picture() });
      }
    }
  } finally {
    clearTimeout(patience);
  }
  if (!stop.aborted) throw new CameraError('ended', address);
}

async function playFile(
  address: string,
  options: CameraOptions,
  frames: Latest<Frame>,
  stop: AbortSignal,
): Promise<void> {
  const { framesPerSecond = looksPerSecond, longestSide = longestSideOfPicture, loop = false } = options;
  const pace = paceOf(options);
  let begin = Date.now();
  do {
    let first: number | undefined;
    let time = begin;
    for await (const frame of readVideo(address, longestSide, stop)) {
      first ??= frame.time;
      time = begin + frame.time - first;
      if (!(await pace.isDue(time, () => frame.glance()))) continue;
      const picture = await frame.picture();
      await until(time, stop);
      if (stop.aborted) return;
      const late = Date.now() - time;
      if (late > heldUp) {
        // It goes on from now: nothing was seen meanwhile, and no frame may say so.
        begin += late;
        time += late;
      }
      frames.offer({ time: options.now ? time + options.now() - Date.now() : time, picture });
    }
    if (first === undefined && !stop.aborted) throw new CameraError('unreadable', address);
    begin = time + 1000 / framesPerSecond;
  } while (loop && !stop.aborted);
}

const paceOf = ({ pace, framesPerSecond = looksPerSecond }: CameraOptions): Pace =>
  pace ?? steadyPace(framesPerSecond);

/** Waits for a moment of this machine's clock, or for the signal. */
async function until(time: number, signal: AbortSignal): Promise<void> {
  const left = time - Date.now();
  if (left > 0) await delay(left, undefined, { signal }).catch(() => {});
}
