/** So many frames in a row are no accident: of random bytes, one place in a billion looks like it. */
const inARow = 4;
/** Players pass over what some programs write before the sound. */
const strayBytes = 4096;

/** Kilobits a second of layer III, by the header's index from 1 (ISO 11172-3 and 13818-3, bitrate_index). */
const bitrates = {
  mpeg1: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
/** Hertz of MPEG 1; MPEG 2 has half of it, and MPEG 2.5 a quarter. */
const sampleRates = [44_100, 48_000, 32_000];

/** Whether there is the sound of an MP3 in a file: frames of MPEG layer III in a row, after its tags. */
export function hasMp3Sound(bytes: Uint8Array): boolean {
  const start = afterTags(bytes);
  const end = Math.min(start + strayBytes, bytes.length);
  for (let at = start; at < end; at++) if (bytes[at] === 0xff && isRowOfFrames(bytes, at)) return true;
  return false;
}

/** Whether a file says of itself that it is an MP3, by a tag at its beginning. */
export const hasMp3Tag = (bytes: Uint8Array): boolean => textAt(bytes, 0, 3) === 'ID3';

/** Where the ID3v2 tags end that a file may begin with (id3.org, "ID3v2 overview": 28 bits in 4 bytes). */
function afterTags(bytes: Uint8Array): number {
  let at = 0;
  while (textAt(bytes, at, 3) === 'ID3' && bytes.length >= at + 10) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10);
    const footer = (bytes[at + 5]! & 0x10) !== 0 ? 10 : 0;
    at += 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f) + footer;
  }
  return at;
}

/** A short file may end sooner, if it ends with a frame. */
function isRowOfFrames(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let frame = 0; frame < inARow; frame++) {
    if (frame > 0 && (at >= bytes.length || textAt(bytes, at, 3) === 'TAG')) return true;
    const length = frameLength(bytes, at);
    if (length === undefined) return false;
    at += length;
  }
  return true;
}

/** The bytes of the frame whose header is here, with it; undefined when there is no header of layer III. */
function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [sync, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const version = (second >> 3) & 3;
  if (sync !== 0xff || (second & 0xe6) !== 0xe2 || version === 1) return undefined;
  const isMpeg1 = version === 3;
  const bitrate = bitrates[isMpeg1 ? 'mpeg1' : 'mpeg2'][(third >> 4) - 1];
  const sampleRate = sampleRates[(third >> 2) & 3];
  if (bitrate === undefined || sampleRate === undefined) return undefined;
  const divisor = isMpeg1 ? 1 : version === 2 ? 2 : 4;
  const padding = (third >> 1) & 1;
  return Math.floor(((isMpeg1 ? 144 : 72) * bitrate * 1000 * divisor) / sampleRate) + padding;
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
