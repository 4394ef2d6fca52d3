import { machineClock } from '../../party/monotonic-clock.ts';
import type { Patience } from './camera-frames.ts';
import type { DoorPace } from './door-pace.ts';
import type { CameraFrame } from './frame.ts';
import type { VideoObserver } from './video.ts';
import { VideoReader } from './video-reader.ts';

const looksPerSecond = 5;

const longestSideOfPicture = 1280;

const usualPatience: Patience = { first: 10_000, next: 5000 };

/** How a camera is watched. */
export interface CameraOptions {
  /** At most so many frames a second; 5 when not given. */
  readonly framesPerSecond?: number;
  /** Chooses the frames in place of `framesPerSecond`. */
  readonly pace?: Pick<DoorPace, 'takeHints'>;
  /** The clock that says when a frame was seen, milliseconds since 1970; this machine's when not given. */
  readonly now?: () => number;
  /** Pictures are made smaller until no side is longer than this: pixels, 1280 when not given. */
  readonly longestSide?: number;
  /** For a file: begins again at its end, for ever. */
  readonly loop?: boolean;
  /** How long a camera may show no picture; ten seconds at first and then five when not given. */
  readonly patience?: Patience;
  /** Is told of every packet that the camera sends. */
  readonly observer?: VideoObserver;
  /** Told the process id of what reads the video. */
  readonly onStart?: (pid: number) => void;
  /** Ends the watching at once. */
  readonly signal?: AbortSignal;
}

/**
 * Watches a camera and gives its frames as they are seen. A user who is slow gets the newest frame next,
 * never a backlog. A file is played at its own pace, as if the camera saw now what it shows.
 *
 * The video is read in a process of its own, for what a camera sends can crash FFmpeg: whatever it does, this process
 * goes on. The iteration ends with the signal, at the end of a file, or when it is broken off; everything is freed
 * then.
 *
 * @param address an RTSP or HTTP address (with user and password in it, if the camera wants them) or a file's path
 * @throws {CameraError} in the iteration: it cannot be reached or opened, has no video, or (unless it is a
 *   file) stopped
 */
export function openCamera(address: string, options: CameraOptions = {}): AsyncIterable<CameraFrame> {
  return { [Symbol.asyncIterator]: () => watch(address, options) };
}

async function* watch(address: string, options: CameraOptions): AsyncGenerator<CameraFrame, void, undefined> {
  const { signal, pace, now, observer, onStart } = options;
  if (signal?.aborted) return;
  const video = new VideoReader(
    {
      address,
      pace: pace ? 'door' : (options.framesPerSecond ?? looksPerSecond),
      longestSide: options.longestSide ?? longestSideOfPicture,
      patience: options.patience ?? usualPatience,
      loop: options.loop ?? false,
      observed: observer !== undefined,
    },
    { observer, onStart },
  );
  const stop = () => video.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    while (!signal?.aborted) {
      const frame = await video.next(pace?.takeHints() ?? null);
      if (!frame || signal?.aborted) return;
      yield now ? { ...frame, time: frame.time + now() - machineClock.now() } : frame;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await video.end();
  }
}
