import type { JpegPicture } from '../media.ts';
import { LiveDecoding } from './live-decoding.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import type { UploadedFrame } from './uploaded-fragment.ts';
import { VideoDecoder } from './video-decoder.ts';

/** A picture out of a video. */
export interface TimedPicture extends JpegPicture {
  /** Milliseconds since 1970, by the producer's clock. */
  readonly time: number;
}

/** What the process is given and asked. */
export type Request =
  /** The frames that follow are of this track. */
  | { readonly track: UploadedTrack }
  | { readonly frame: UploadedFrame }
  /** These frames, from a key frame on; the pictures of these times are wanted. */
  | {
      readonly id: number;
      readonly of: UploadedTrack;
      readonly frames: readonly UploadedFrame[];
      readonly times: ReadonlySet<number>;
    };

/** What it says. */
export type Answer =
  /** One of those that come. */
  | { readonly picture: TimedPicture }
  /** It is done with a frame. */
  | { readonly done: true }
  | { readonly id: number; readonly pictures: readonly TimedPicture[] };

/**
 * The process that decodes: forked by `decoder.ts`. What is uploaded is whatever a camera sends, and that can crash
 * FFmpeg, with the whole process that it is in.
 */
function serve(): void {
  const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
  process.on('disconnect', endAtOnce);
  if (!process.connected) endAtOnce();
  // Ctrl+C reaches every process of the terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});
  const live = new LiveDecoding(
    (picture) => say({ picture }),
    () => say({ done: true }),
  );
  process.on('message', async (request: Request) => {
    if ('track' in request) live.follow(request.track);
    else if ('frame' in request) live.take(request.frame);
    else say({ id: request.id, pictures: await picturesOf(request).catch(() => []) });
  });
}

/** Decodes as far as the last picture that is wanted. */
async function picturesOf({ of, frames, times }: Extract<Request, { id: number }>): Promise<TimedPicture[]> {
  const wanted = new Set(times);
  const pictures: TimedPicture[] = [];
  const decoder = await VideoDecoder.open(of);
  try {
    // After the last one the decoder is asked for what it holds back.
    for (const frame of [...frames, undefined]) {
      for await (const { time, picture } of decoder.decode(frame)) {
        if (wanted.delete(time)) pictures.push({ time, ...(await picture()) });
      }
      if (wanted.size === 0) break;
    }
  } finally {
    decoder.close();
  }
  return pictures;
}

function say(answer: Answer): void {
  // When the parent is gone nobody is left to hear it, and this process is about to end too.
  process.send?.(answer, undefined, {}, () => {});
}

serve();
