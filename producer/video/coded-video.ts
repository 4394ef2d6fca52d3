import type { Patience } from '../camera/camera-frames.ts';
import { VideoReader } from '../camera/video-reader.ts';
import type { CodedPart } from './coded-parts.ts';

/** How a camera is read. */
export interface CodedVideoOptions {
  /**
   * Makes the video anew, five pictures a second, in place of passing it through: whatever FFmpeg can read will do
   * then.
   */
  readonly anew?: boolean;
  /** For a file that is made anew: begins again at its end, for ever. */
  readonly loop?: boolean;
  readonly patience?: Patience;
  /** Told the process id of what reads the video. */
  readonly onStart?: (pid: number) => void;
  readonly signal: AbortSignal;
}

const usualPatience: Patience = { first: 10_000, next: 5000 };

/**
 * Who takes no pictures for so long loses the camera, and not this machine its memory: parts, half a minute at 30 a
 * second.
 */
const mostWaiting = 900;

/**
 * Reads a camera's video to be uploaded, in a process of its own, for what a camera sends can crash FFmpeg. Ends with
 * the signal; everything is freed then.
 *
 * @param address an RTSP address, with user and password in it if the camera wants them; or a file's path, if it is to be
 *   made anew: then it is played at its own pace, as if the camera saw now what it shows, and the iteration ends with it
 * @throws {CameraError} in the iteration: it cannot be reached or opened, has no video, or stopped
 */
export async function* codedVideo(
  address: string,
  { anew = false, loop = false, patience = usualPatience, onStart, signal }: CodedVideoOptions,
): AsyncGenerator<CodedPart, void, undefined> {
  if (signal.aborted) return;
  const parts: CodedPart[] = [];
  let wake: () => void = () => {};
  const reader = new VideoReader(
    { address, patience, coded: anew ? 'anew' : 'as it is', loop },
    {
      observer: undefined,
      onStart,
      onCoded: (part) => {
        if (parts.length < mostWaiting) parts.push(part);
        wake();
      },
    },
  );
  const stop = () => reader.stop();
  signal.addEventListener('abort', stop, { once: true });
  // It gives no frames: the next one is the end.
  let end: { readonly error?: unknown } | undefined;
  void reader.next(null).then(
    () => {
      end = {};
      wake();
    },
    (error) => {
      end = { error };
      wake();
    },
  );
  try {
    for (;;) {
      const part = parts.shift();
      if (signal.aborted) return;
      if (part) yield part;
      else if (end) {
        if (end.error !== undefined) throw end.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await reader.end();
  }
}
