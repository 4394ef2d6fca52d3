import { isTrailingTag } from './mp3-tags.ts';

/** So many frames in a row are no accident: of random bytes, one place in many billions looks like it. */
const inARow = 4;
/** What some programs write before the sound: any number of zeros, and so many other bytes. */
const strayBytes = 4096;
/** Of what lies behind the first frame, so much is frames: in a film with an MP3's sound in it, they are far fewer. */
const leastShare = 1 / 4;

/** Kilobits a second of layer III, by the header's index from 1 (ISO 11172-3 and 13818-3, bitrate_index). */
const bitrates = {
  mpeg1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** Hertz of MPEG 1; MPEG 2 has half of it, and MPEG 2.5 a quarter. */
const sampleRates = [44_100, 48_000, 32_000];

interface Frame {
  /** Bytes, with its header. */
  readonly length: number;
  /** What is the same in all frames of a file: version and sample rate. */
  readonly form: number;
}

/**
 * Where the sound of an MP3 begins: frames of MPEG layer III in a row.
 *
 * @param from where the tags end
 * @returns undefined when there is none
 */
export function soundStart(bytes: Uint8Array, from: number): number | undefined {
  if (isShortSound(bytes, from)) return from;
  let start = from;
  while (start < bytes.length && bytes[start] === 0) start++;
  const end = Math.min(start + strayBytes, bytes.length);
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0xff && isRowOfFrames(bytes, at, inARow))
      return share(bytes, at) >= leastShare ? at : undefined;
  }
  return undefined;
}

/** Frames from here, without a gap, to the very end or to the tags there: fewer than a row will do then. */
function isShortSound(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let frame = 0; frame < inARow; frame++) {
    const length = frameAt(bytes, at)?.length;
    if (length === undefined) return false;
    at += length;
    if (at === bytes.length || isTrailingTag(bytes, at)) return true;
  }
  return false;
}

function isRowOfFrames(bytes: Uint8Array, from: number, howMany: number): boolean {
  let at = from;
  let form: number | undefined;
  for (let count = 0; count < howMany; count++) {
    const frame = frameAt(bytes, at);
    if (!frame || (form !== undefined && frame.form !== form)) return false;
    form = frame.form;
    at += frame.length;
  }
  return true;
}

/** The share of frames in what follows, where a place that is damaged is passed over. */
function share(bytes: Uint8Array, from: number): number {
  let frames = 0;
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] === 0xff ? frameAt(bytes, at)?.length : undefined;
    frames += length ?? 0;
    at += length ?? 1;
  }
  return frames / (bytes.length - from);
}

/** The frame whose header is here; undefined when there is no header of layer III. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  const version = (second >> 3) & 3;
  if (bytes[at] !== 0xff || (second & 0xe6) !== 0xe2 || version === 1) return undefined;
  const isMpeg1 = version === 3;
  const bitrate = bitrates[isMpeg1 ? 'mpeg1' : 'mpeg2'][(third >> 4) - 1];
  const rateIndex = (third >> 2) & 3;
  const sampleRate = sampleRates[rateIndex];
  if (bitrate === undefined || sampleRate === undefined) return undefined;
  const divisor = isMpeg1 ? 1 : version === 2 ? 2 : 4;
  const padding = (third >> 1) & 1;
  const length = Math.floor(((isMpeg1 ? 144 : 72) * bitrate * 1000 * divisor) / sampleRate) + padding;
  return { length, form: version * 4 + rateIndex };
}
