import { orientationIn, orientationOnly } from './exif-orientation.ts';
import type { PictureType } from './picture-file.ts';

/**
 * A picture without what its camera and its owner wrote into it: where and when it was taken, with what, a thumbnail, a
 * film behind its end. Its pixels and colours stay as they are, and so does which side is up.
 *
 * Nothing is decoded: that would take native code, which the Lambda of the chat has none of.
 */
export function withoutMetadata(bytes: Uint8Array, contentType: PictureType): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return contentType === 'image/jpeg' ? jpeg(file) : png(file);
}

/** Of the applications' segments, those by which colours are understood. */
const keptSegments: Readonly<Record<number, string>> = { 224: 'JFIF\0', 226: 'ICC_PROFILE\0', 238: 'Adobe' };
const exif = 0xe1;
const comment = 0xfe;
const startOfScan = 0xda;
const endOfImage = 0xd9;

/** Segments of a JPEG (ITU-T T.81, annex B): a marker, and mostly a length with what it counts. */
function jpeg(file: Buffer): Buffer {
  const kept = [file.subarray(0, 2)];
  for (let at = nextMarker(file, 2); at < file.length; ) {
    const marker = file[at + 1]!;
    if (marker === endOfImage) {
      kept.push(file.subarray(at, at + 2));
      break;
    }
    const length = isBare(marker) || at + 4 > file.length ? 0 : file.readUInt16BE(at + 2);
    const end = marker === startOfScan ? scanEnd(file, at + 2 + length) : at + 2 + length;
    const segment = file.subarray(at, end);
    if (marker === exif) kept.push(orientationOnly(orientationIn(segment.subarray(4))));
    else if (isKept(marker, segment)) kept.push(segment);
    at = nextMarker(file, end);
  }
  return Buffer.concat(kept);
}

function isKept(marker: number, segment: Buffer): boolean {
  const isApplication = marker >= 0xe0 && marker <= 0xef;
  if (isApplication) {
    const name = keptSegments[marker];
    return name !== undefined && segment.toString('latin1', 4, 4 + name.length) === name;
  }
  return marker !== comment && !isBare(marker);
}

/** Markers of no length: those between the parts of a scan, and one that means nothing. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

/** Bytes that do not belong there, and those that fill, are passed over, as decoders do. */
function nextMarker(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1))
    if (file[at + 1] !== 0xff && file[at + 1] !== 0) return at;
  return file.length;
}

/** Within a scan's data, FF is followed by a zero, or by a marker that belongs to it. */
function scanEnd(file: Buffer, from: number): number {
  let at = nextMarker(file, from);
  while (at < file.length && isBare(file[at + 1]!)) at = nextMarker(file, at + 2);
  return at;
}

/** What a PNG needs to be shown as it is meant (PNG specification, 5.6): all else is words, times and places. */
const keptChunks = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS'],
  ...['gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'cICP', 'bKGD', 'pHYs'],
]);

/** Chunks of a PNG: a length, a type, so much data, and a checksum. */
function png(file: Buffer): Buffer {
  const kept = [file.subarray(0, 8)];
  for (let at = 8; at + 8 <= file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (keptChunks.has(type)) kept.push(file.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}
