import type { Patience } from '../camera/camera-frames.ts';
import { VideoReader } from '../camera/video-reader.ts';
import type { CodedPart } from './coded-parts.ts';

/** How a camera is read. */
export interface CodedVideoOptions {
  readonly patience?: Patience;
  /** Told the process id of what reads the video. */
  readonly onStart?: (pid: number) => void;
  readonly signal: AbortSignal;
}

const usualPatience: Patience = { first: 10_000, next: 5000 };

/** Who takes no pictures for so long loses the camera, and not this machine its memory: parts, half a minute at 30 a second. */
const mostWaiting = 900;

/**
 * Reads a camera's video as it is sent, in a process of its own, for what a camera sends can crash FFmpeg. Ends with the
 * signal; everything is freed then.
 *
 * @param address an RTSP address, with user and password in it if the camera wants them
 * @throws {CameraError} in the iteration: it cannot be reached or opened, has no video, or stopped
 */
export async function* codedVideo(
  address: string,
  { patience = usualPatience, onStart, signal }: CodedVideoOptions,
): AsyncGenerator<CodedPart, void, undefined> {
  if (signal.aborted) return;
  const parts: CodedPart[] = [];
  let wake: () => void = () => {};
  const reader = new VideoReader(
    { address, patience, coded: true },
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
