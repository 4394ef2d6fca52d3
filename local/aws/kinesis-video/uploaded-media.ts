import sharp from 'sharp';
import type { Frame, Media, RetainedPicture } from '../media.ts';
import type { UploadedTrack } from './matroska-reader.ts';
import type { UploadedFragment, UploadedFrame } from './uploaded-fragment.ts';
import type { Upload } from './uploads.ts';
import type { VideoDecoder } from './video-decoder.ts';

/** Pictures are given at least so far apart, in the video's own time: milliseconds. That is five a second. */
const apart = 200;

/** Clocks of cameras count in steps of their own. */
const step = 10;

/** Who is this far behind goes on at the next key frame: frames, ten seconds at 30 a second. */
const mostWaiting = 300;

/** FFmpeg is loaded when there is something to decode: most who start this AWS have no video. */
async function openDecoder(track: UploadedTrack): Promise<VideoDecoder> {
  const { VideoDecoder } = await import('./video-decoder.ts');
  return VideoDecoder.open(track);
}

interface Waiting {
  readonly fragment: UploadedFragment;
  readonly frame: UploadedFrame;
}

/** What was uploaded, as pictures: those that come now, and those that are kept. */
export function uploadedMedia(upload: Upload): Media {
  return {
    frames: (signal) => liveFrames(upload, signal),
    async pictures(from, to, moments) {
      const wanted = framesAt(upload.fragments, from, to, moments);
      const pictures: RetainedPicture[] = [];
      for (const fragment of upload.fragments) pictures.push(...(await picturesIn(fragment, wanted)));
      return pictures.sort((a, b) => a.time - b.time);
    },
  };
}

/** The pictures from now on. One who is slow gets the newest; what is sent again is not shown again. */
async function* liveFrames(upload: Upload, signal: AbortSignal): AsyncGenerator<Frame, void, undefined> {
  let waiting: Waiting[] = [];
  let wake = () => {};
  const stop = upload.watch((fragment, frame) => {
    if (videoTrack(fragment)?.number !== frame.track) return;
    waiting.push({ fragment, frame });
    if (waiting.length > mostWaiting) waiting = fromLastKey(waiting);
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end, { once: true });
  let decoder: { readonly of: UploadedTrack; readonly decoder: VideoDecoder } | undefined;
  let shown = Number.NEGATIVE_INFINITY;
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (!next) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const { fragment, frame } = next;
      const track = videoTrack(fragment)!;
      if (decoder?.of !== track) {
        // Decoding begins at a key frame.
        if (!frame.isKey) continue;
        decoder?.decoder.close();
        decoder = undefined;
        decoder = { of: track, decoder: await openDecoder(track) };
      }
      for await (const { time, picture } of decoder.decoder.decode(frame)) {
        const isNewest = waiting.length === 0;
        if (!isNewest || time < shown + apart - step) continue;
        shown = time;
        yield { time, picture: await picture(), fragment };
      }
    }
  } finally {
    stop();
    signal.removeEventListener('abort', end);
    decoder?.decoder.close();
  }
}

/** Whether a track can be decoded here: H.264, by Kinesis Video's name for it or by Matroska's. */
const isDecodable = ({ codecId }: UploadedTrack): boolean =>
  codecId === 'V_MPEG4/ISO/AVC' || codecId === 'V_MPEG/ISO/AVC';

const videoTrack = ({ tracks }: UploadedFragment): UploadedTrack | undefined => tracks.find(isDecodable);

function fromLastKey(waiting: readonly Waiting[]): Waiting[] {
  const last = waiting.findLastIndex(({ frame }) => frame.isKey);
  return waiting.slice(Math.max(last, 0)).slice(-mostWaiting);
}

/** The frames of a time that are wanted: those nearest to the moments, or all. */
function framesAt(
  fragments: readonly UploadedFragment[],
  from: number,
  to: number,
  moments: readonly number[] | undefined,
): ReadonlySet<UploadedFrame> {
  const frames = fragments
    .flatMap((fragment) => fragment.frames.filter(({ track }) => track === videoTrack(fragment)?.number))
    .filter(({ time }) => time >= from && time <= to);
  if (!moments) return new Set(frames);
  const nearest = (moment: number) =>
    frames.reduce<UploadedFrame | undefined>(
      (best, frame) => (best && Math.abs(best.time - moment) <= Math.abs(frame.time - moment) ? best : frame),
      undefined,
    );
  return new Set(moments.map(nearest).filter((frame) => frame !== undefined));
}

/** Decodes a fragment as far as the last of its frames that is wanted. */
async function picturesIn(
  fragment: UploadedFragment,
  wanted: ReadonlySet<UploadedFrame>,
): Promise<RetainedPicture[]> {
  const times = new Set(
    fragment.frames.filter((frame) => wanted.has(frame)).map(({ time }) => Math.round(time)),
  );
  const track = videoTrack(fragment);
  if (times.size === 0 || !track) return [];
  const pictures: RetainedPicture[] = [];
  const decoder = await openDecoder(track);
  try {
    // After the last one the decoder is asked for what it holds back.
    for (const frame of [
      ...fragment.frames.filter(({ track: number }) => number === track.number),
      undefined,
    ]) {
      for await (const { time, picture } of decoder.decode(frame)) {
        if (times.delete(time)) pictures.push({ time, jpeg: await jpegOf(await picture()) });
      }
      if (times.size === 0) break;
    }
  } finally {
    decoder.close();
  }
  return pictures;
}

function jpegOf({ width, height, data }: Frame['picture']): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}
