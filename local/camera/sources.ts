import { setTimeout as delay } from 'node:timers/promises';
import { CameraError, type CameraFailure } from '../../producer/camera/camera-error.ts';
import type { Frame } from '../../producer/camera/frame.ts';
import { Retries } from '../../producer/camera/retries.ts';
import { cameraText } from './camera.text.ts';
import { VideoNotTakenError } from './errors.ts';
import type { CameraStatus } from './state.ts';

/** Opens a camera by its address, or a video file; as the producer's `openCamera`. */
export type OpenCamera = (
  address: string,
  options: { framesPerSecond: number; signal: AbortSignal; loop?: boolean },
) => AsyncIterable<Frame>;

/** Where a source puts its pictures and says how it does. */
export interface Outlet {
  /** @param isWebcam whether a page sent it; not, when not given */
  publish(frame: Frame, isWebcam?: boolean): Promise<void>;
  /** @param told the message as it may be told in the chat, where others read it too: without any address */
  report(status: CameraStatus, message?: string, told?: string): void;
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
  /** A webcam whose page sends no picture for so long counts as lost. */
  readonly silence: number;
  /** An RTSP camera that gives no picture for so long, and is not said to have failed either, is opened anew. */
  readonly frozen: number;
  /** The waits after a login that was refused; a camera's own, which locks accounts, when not given. */
  readonly refused?: readonly number[];
}

/** Plays a video file in real time, once or over and over. */
export async function playVideo(
  path: string,
  loop: boolean,
  outlet: Outlet,
  { open, framesPerSecond, signal, onEnded }: SourceOptions & { readonly onEnded: () => void },
): Promise<void> {
  try {
    for await (const frame of open(path, { framesPerSecond, signal, loop })) await outlet.publish(frame);
    if (signal.aborted) return;
    outlet.report('ended', cameraText.videoEnded);
    onEnded();
  } catch (error) {
    if (!signal.aborted) outlet.report('lost', ...inWords(error));
  }
}

const checkIt = 'Check its power and network.';

const lockOut =
  'Many cameras lock an account after a few wrong tries, so I try seldom now. Set the password again and restart me, or choose the camera again to try at once.';

/** Follows an RTSP camera and comes back to it for as long as it is chosen. */
export async function followRtsp(address: string, outlet: Outlet, options: SourceOptions): Promise<void> {
  const { signal, timings } = options;
  const retries = new Retries({
    first: timings.firstRetry,
    longest: timings.longestRetry,
    ...(timings.refused && { refused: timings.refused }),
  });
  while (!signal.aborted) {
    const attempt = new AbortController();
    const frozen = setTimeout(() => attempt.abort(), timings.frozen);
    let reasons: Reasons = [`The camera ended its stream. ${checkIt}`];
    let failure: CameraFailure = 'ended';
    try {
      const frames = options.open(address, {
        framesPerSecond: options.framesPerSecond,
        signal: AbortSignal.any([signal, attempt.signal]),
      });
      for await (const frame of frames) {
        frozen.refresh();
        retries.succeeded();
        await outlet.publish(frame);
      }
    } catch (error) {
      reasons = inWords(error);
      if (error instanceof CameraError) failure = error.failure;
    } finally {
      clearTimeout(frozen);
    }
    if (signal.aborted) return;
    if (attempt.signal.aborted) {
      reasons = [`No picture came for ${Math.round(timings.frozen / 1000)} seconds. ${checkIt}`];
    }
    const wait = retries.failed(failure);
    const [reason, told = reason] = reasons;
    const more = retries.mayLockOut ? ` ${lockOut}` : '';
    outlet.report('lost', reason + more, told + more);
    await delay(wait, undefined, { signal }).catch(() => {});
  }
}

/** Why a camera is lost, and the same as it may be told in the chat. */
type Reasons = [message: string, told?: string];

/** Only these errors' messages are for people; any other might hold the camera's address and password. */
function inWords(error: unknown): Reasons {
  if (error instanceof VideoNotTakenError) return [error.message];
  return error instanceof CameraError
    ? [error.message, error.withoutAddress]
    : ['The camera stopped for a reason unknown. Choose it again, or another one.'];
}
