import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '../../producer/camera/frame.ts';
import type { CameraStatus } from './state.ts';

/** Opens an RTSP address or a video file; the producer's `openCamera`. */
export type OpenCamera = (
  address: string,
  options: { framesPerSecond: number; signal: AbortSignal; loop?: boolean },
) => AsyncIterable<Frame>;

/** Where a source puts its pictures and says how it does. */
export interface Outlet {
  /** With the frame's JPEG where the source has it already. */
  publish(frame: Frame, jpeg?: Buffer): Promise<void>;
  report(status: CameraStatus, message?: string): void;
}

/** What a source needs besides. */
export interface SourceOptions {
  readonly open: OpenCamera;
  readonly framesPerSecond: number;
  readonly signal: AbortSignal;
  readonly timings: Timings;
}

/** All in milliseconds. */
export interface Timings {
  /** The first wait before a lost camera is tried again; it doubles up to the longest. */
  readonly firstRetry: number;
  readonly longestRetry: number;
  /** A source that sends no picture for so long counts as lost. */
  readonly silence: number;
}

/** Plays a video file in real time, once or over and over. */
export async function playVideo(
  path: string,
  loop: boolean,
  outlet: Outlet,
  { open, framesPerSecond, signal }: SourceOptions,
): Promise<void> {
  try {
    for await (const frame of open(path, { framesPerSecond, signal, loop })) await outlet.publish(frame);
    if (!signal.aborted) outlet.report('ended', 'The video was played to its end.');
  } catch (error) {
    if (!signal.aborted) outlet.report('lost', inWords(error));
  }
}

const checkIt = 'Check its power and network.';

/** Follows an RTSP camera and comes back to it for as long as it is chosen. */
export async function followRtsp(address: string, outlet: Outlet, options: SourceOptions): Promise<void> {
  const { signal, timings } = options;
  let wait = timings.firstRetry;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const frozen = setTimeout(() => attempt.abort(), timings.silence);
    let reason = `The camera ended its stream. ${checkIt}`;
    try {
      const frames = options.open(address, {
        framesPerSecond: options.framesPerSecond,
        signal: AbortSignal.any([signal, attempt.signal]),
      });
      for await (const frame of frames) {
        frozen.refresh();
        wait = timings.firstRetry;
        await outlet.publish(frame);
      }
    } catch (error) {
      reason = inWords(error);
    } finally {
      clearTimeout(frozen);
    }
    if (signal.aborted) return;
    if (attempt.signal.aborted) {
      reason = `No picture came for ${Math.round(timings.silence / 1000)} seconds. ${checkIt}`;
    }
    outlet.report('lost', reason);
    await delay(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, timings.longestRetry);
  }
}

/** Only a CameraError's message is for people; any other might hold the camera's address and password. */
function inWords(error: unknown): string {
  return error instanceof Error && error.name === 'CameraError'
    ? error.message
    : 'The camera stopped for a reason unknown. Choose it again, or another one.';
}
