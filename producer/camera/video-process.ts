import { machineClock } from '../../party/monotonic-clock.ts';
import { type CodedPart, codedParts } from '../video/coded-parts.ts';
import { encodedParts } from '../video/encoded-parts.ts';
import { CameraError, type CameraFailure } from './camera-error.ts';
import { cameraFrames, type Patience } from './camera-frames.ts';
import type { CameraFrame } from './frame.ts';
import { MotionPace, mostLooks, type PaceHints, steadyPace } from './pace.ts';
import type { ObservedPacket } from './video.ts';

/** What the process is asked: first to open a video, then for one frame after the other. */
export type Request =
  | { readonly open: Order | CodedOrder }
  | { readonly next: PaceHints | null }
  | { readonly stop: true };

/** Which video, and how it is watched. */
export interface Order {
  /** With user and password: that is why it comes as a message, and not on the command line. */
  readonly address: string;
  /** So many pictures a second, or as the door asks for. */
  readonly pace: number | 'door';
  readonly longestSide: number;
  readonly patience: Patience;
  readonly loop: boolean;
  /** Whether to tell of each packet. */
  readonly observed: boolean;
}

/** Which video is read to be uploaded, picture by picture, without being asked for. */
export interface CodedOrder extends Pick<Order, 'address' | 'patience'> {
  /** Not decoded at all, or made anew, for what cannot be uploaded as it is. */
  readonly coded: 'as it is' | 'anew';
  /** Of what is made anew: a file begins again at its end, for ever. */
  readonly loop: boolean;
}

/** What it says. To each request for a frame comes one frame; after `ended` or `failed` nothing more comes. */
export type Answer =
  /** With this process's time when it was given. */
  | { readonly frame: CameraFrame; readonly now: number }
  | { readonly coded: CodedPart }
  | { readonly opened: string }
  | { readonly packet: ObservedPacket }
  | { readonly alive: true }
  | { readonly ended: true }
  | { readonly failed: CameraFailure; readonly status: number | undefined; readonly cause: string };

/** Of what is made anew: pixels. Faces at a door are large enough in it. */
const longestSideOfPicture = 1280;

/** It says so often that it is not stuck: milliseconds. */
const beat = 1000;

/**
 * The process that reads one video: forked by `video-reader.ts`. What a camera sends can crash FFmpeg, and breaking off
 * while it reads has crashed it too (a segmentation fault, in which the whole process dies). So all of FFmpeg is in here,
 * and whoever wants to be rid of it kills it.
 */
function serve(): void {
  const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
  process.on('disconnect', endAtOnce);
  if (!process.connected) endAtOnce();
  // Ctrl+C reaches every process of the terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  // Node would print an error in full, and it could hold the camera's password.
  process.on('uncaughtException', (error) => fail(error));
  setInterval(() => say({ alive: true }), beat);

  const stop = new AbortController();
  let watched: Watched | undefined;
  process.on('message', (request: Request) => {
    if ('open' in request) {
      const { open } = request;
      if ('coded' in open) void giveCoded(open, stop.signal);
      else watched = new Watched(open, stop.signal);
    } else if ('next' in request) watched?.next(request.next);
    else {
      stop.abort();
      watched?.next(null);
    }
  });
}

/** The one video of this process, whose frames are given as they are asked for. */
class Watched {
  readonly #pace: MotionPace | undefined;
  readonly #frames: AsyncIterator<CameraFrame, void>;
  #giving: Promise<void> = Promise.resolve();

  constructor({ address, pace, longestSide, patience, loop, observed }: Order, signal: AbortSignal) {
    const moving = pace === 'door' ? new MotionPace() : undefined;
    this.#pace = moving;
    const perSecond = pace === 'door' ? mostLooks : pace;
    this.#frames = cameraFrames(address, {
      picture: (frame) => frame.jpeg(),
      pace: moving ?? steadyPace(perSecond),
      longestSide,
      patience,
      loop: loopOf({ loop }, perSecond),
      signal,
      observer: observed
        ? { opened: (codec) => say({ opened: codec }), packet: (packet) => say({ packet }) }
        : undefined,
    });
  }

  /** Gives the newest frame, or the next one that comes. */
  next(hints: PaceHints | null): void {
    if (hints) this.#pace?.hint(hints);
    this.#giving = this.#giving
      .then(() => this.#frames.next())
      .then(({ value }) => say(value ? { frame: value, now: machineClock.now() } : { ended: true }))
      .catch(fail);
  }
}

/** Gives the video to be uploaded, until the signal. */
async function giveCoded(order: CodedOrder, signal: AbortSignal): Promise<void> {
  const { address, patience, coded } = order;
  try {
    const parts =
      coded === 'anew'
        ? encodedParts(address, {
            pace: steadyPace(mostLooks),
            longestSide: longestSideOfPicture,
            patience,
            loop: loopOf(order, mostLooks),
            signal,
          })
        : codedParts(address, patience, signal);
    for await (const part of parts) say({ coded: part });
    say({ ended: true });
  } catch (error) {
    fail(error);
  }
}

/** A file's last picture is shown as long as any other. */
const loopOf = ({ loop }: Pick<Order, 'loop'>, perSecond: number) =>
  loop ? { pause: 1000 / perSecond } : undefined;

function fail(error: unknown): void {
  if (error instanceof CameraError) {
    const cause = error.cause instanceof Error ? error.cause.message : '';
    say({ failed: error.failure, status: error.status, cause });
  } else {
    say({ failed: 'crashed', status: undefined, cause: error instanceof Error ? error.name : 'unknown' });
  }
}

function say(answer: Answer): void {
  // When the parent is gone nobody is left to hear it, and this process is about to end too.
  process.send?.(answer, undefined, {}, () => {});
}

serve();
