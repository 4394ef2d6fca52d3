import { setTimeout as delay } from 'node:timers/promises';
import { machineClock } from '../../party/monotonic-clock.ts';
import { CameraError } from './camera-error.ts';
import type { CameraFrame } from './frame.ts';
import { Latest } from './latest.ts';
import type { Pace } from './pace.ts';
import { readVideo, type VideoFrame, type VideoObserver } from './video.ts';
import { videoKind } from './video-kind.ts';

/** A picture that is asked for by HTTP is asked for so often, milliseconds: few cameras make one faster. */
const pictureEvery = 500;

/** A file that is so far behind was held up, as by a machine that slept: milliseconds. */
const heldUp = 2000;

/** How long a camera may show no picture: milliseconds. */
export interface Patience {
  /** Until its first picture, from the first word on. */
  readonly first: number;
  /** From one picture to the next. */
  readonly next: number;
}

/** How a video's frames are chosen. */
export interface FramesOptions<Shown> {
  /** What a frame's picture is to be. */
  readonly picture: (frame: VideoFrame) => Promise<Shown>;
  readonly pace: Pace;
  /** Pictures are made smaller until no side is longer than this: pixels. */
  readonly longestSide: number;
  readonly patience: Patience;
  /** For a file: begins again at its end, for ever; how long its last picture is shown then, milliseconds. */
  readonly loop: { readonly pause: number } | undefined;
  readonly signal: AbortSignal;
  readonly observer?: VideoObserver | undefined;
}

/**
 * Reads a camera or a file and gives its frames as they are seen, each at its time by this process's clock. Who asks
 * late gets the newest frame, never a backlog. A file is played at its own pace, as if the camera saw now what it shows;
 * so is one at a web address. A single picture at one is asked for twice a second.
 *
 * @throws {CameraError} in the iteration
 */
export async function* cameraFrames<Shown>(
  address: string,
  options: FramesOptions<Shown>,
): AsyncGenerator<CameraFrame<Shown>, void, undefined> {
  const frames = new Latest<CameraFrame<Shown>>();
  const stop = new AbortController();
  const cancel = () => {
    stop.abort();
    frames.cancel();
  };
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();
  const seeing = see(address, options, frames, stop.signal).then(
    () => frames.end(),
    (error) => frames.end(error),
  );
  try {
    yield* frames;
  } finally {
    options.signal.removeEventListener('abort', cancel);
    stop.abort();
    await seeing;
  }
}

async function see<Shown>(
  address: string,
  ...rest: [FramesOptions<Shown>, Latest<CameraFrame<Shown>>, AbortSignal]
): Promise<void> {
  const kind = await videoKind(address, rest[2]);
  if (kind === 'live') await watchLive(address, ...rest);
  if (kind === 'recording') await playFile(address, ...rest);
  if (kind === 'picture') await watchPicture(address, ...rest);
}

async function watchLive<Shown>(
  address: string,
  { picture, pace, longestSide, patience, observer }: FramesOptions<Shown>,
  frames: Latest<CameraFrame<Shown>>,
  stop: AbortSignal,
): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([stop, silence.signal]);
  let waiting = setTimeout(() => silence.abort(), patience.first);
  let isSeen = false;
  try {
    // Who observes the packets wants to see all that the camera sends, late or not.
    const live = observer ? undefined : { keysOnly: () => pace.isIdle };
    for await (const frame of readVideo(address, longestSide, signal, live, observer)) {
      if (isSeen) waiting.refresh();
      else {
        isSeen = true;
        clearTimeout(waiting);
        waiting = setTimeout(() => silence.abort(), patience.next);
      }
      const time = machineClock.now();
      if (await pace.isDue(performance.now(), () => frame.glance()))
        frames.offer(await seen(frame, time, picture));
    }
  } finally {
    clearTimeout(waiting);
  }
  if (stop.aborted) return;
  throw new CameraError(isSeen ? 'ended' : 'silent', address);
}

/** One picture at an address, which is another each time: asked for again and again. */
async function watchPicture<Shown>(
  address: string,
  { picture, pace, longestSide, patience, observer }: FramesOptions<Shown>,
  frames: Latest<CameraFrame<Shown>>,
  stop: AbortSignal,
): Promise<void> {
  let patienceEnds = performance.now() + patience.first;
  while (!stop.aborted) {
    const asked = performance.now();
    try {
      for await (const frame of readVideo(address, longestSide, stop, undefined, observer)) {
        patienceEnds = performance.now() + patience.next;
        const time = machineClock.now();
        if (await pace.isDue(performance.now(), () => frame.glance()))
          frames.offer(await seen(frame, time, picture));
      }
    } catch (error) {
      // A password that is wrong gets no better, and the camera may lock the account.
      const isFinal = !(error instanceof CameraError) || error.failure === 'refused';
      if (isFinal || performance.now() > patienceEnds) throw error;
    }
    await delay(asked + pictureEvery - performance.now(), undefined, { signal: stop }).catch(() => {});
  }
}

async function playFile<Shown>(
  address: string,
  { picture, pace, longestSide, loop, observer }: FramesOptions<Shown>,
  frames: Latest<CameraFrame<Shown>>,
  stop: AbortSignal,
): Promise<void> {
  let begin = machineClock.now();
  do {
    let first: number | undefined;
    let time = begin;
    for await (const frame of readVideo(address, longestSide, stop, undefined, observer)) {
      first ??= frame.time;
      time = begin + frame.time - first;
      if (!(await pace.isDue(time, () => frame.glance()))) continue;
      const shown = await seen(frame, time, picture);
      await until(time, stop);
      if (stop.aborted) return;
      const late = machineClock.now() - time;
      if (late > heldUp) {
        // It goes on from now: nothing was seen meanwhile, and no frame may say so.
        begin += late;
        time += late;
      }
      frames.offer({ ...shown, time });
    }
    if (first === undefined && !stop.aborted) throw new CameraError('unreadable', address);
    begin = time + (loop?.pause ?? 0);
  } while (loop && !stop.aborted);
}

async function seen<Shown>(
  frame: VideoFrame,
  time: number,
  picture: FramesOptions<Shown>['picture'],
): Promise<CameraFrame<Shown>> {
  const { width, height, time: videoTime } = frame;
  return { time, picture: await picture(frame), sent: { width, height, time: videoTime } };
}

/** Waits for a moment of this machine's clock, or for the signal. */
async function until(time: number, signal: AbortSignal): Promise<void> {
  const left = time - machineClock.now();
  if (left > 0) await delay(left, undefined, { signal }).catch(() => {});
}
