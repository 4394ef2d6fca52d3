import { Bits } from './bits.ts';

/** Types of NAL units that matter here (ITU-T H.264, table 7-1). */
export const nalType = { slice: 1, firstPartition: 2, keySlice: 5, sequenceSet: 7, pictureSet: 8 } as const;

/** A NAL unit's type. */
export const typeOf = (unit: Uint8Array): number => (unit[0] ?? 0) & 0x1f;

/** The NAL units of a picture as a camera sends it: each begins with a start code (ITU-T H.264, annex B). */
export function unitsOfByteStream(picture: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  const units: Uint8Array[] = [];
  const startCode = Buffer.from([0, 0, 1]);
  let begin = bytes.indexOf(startCode);
  while (begin >= 0) {
    const next = bytes.indexOf(startCode, begin + startCode.length);
    const unit = withoutTrailingZeros(bytes.subarray(begin + startCode.length, next < 0 ? undefined : next));
    if (unit.length > 0) units.push(unit);
    begin = next;
  }
  return units;
}

/**
 * The NAL units of a picture as a file holds it: each has its length before it.
 *
 * @param lengthSize how many bytes a length has
 */
export function unitsWithLengths(picture: Uint8Array, lengthSize: number): Uint8Array[] {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  const units: Uint8Array[] = [];
  for (let at = 0; at + lengthSize < bytes.length; ) {
    const length = bytes.readUIntBE(at, lengthSize);
    const unit = bytes.subarray(at + lengthSize, at + lengthSize + length);
    if (unit.length > 0) units.push(unit);
    at += lengthSize + length;
  }
  return units;
}

/** NAL units with lengths of four bytes before them, as Matroska and mp4 have them (ISO/IEC 14496-15, 5.3.4.2). */
export function withLengths(units: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    units.flatMap((unit) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(unit.length);
      return [length, unit];
    }),
  );
}

/** Whether decoding can begin with this picture: an IDR picture. */
export const isKeyPicture = (units: readonly Uint8Array[]): boolean =>
  units.some((unit) => typeOf(unit) === nalType.keySlice);

/** Whether there is a picture in these units at all. */
export const hasPicture = (units: readonly Uint8Array[]): boolean =>
  units.some((unit) =>
    [nalType.slice, nalType.firstPartition, nalType.keySlice].some((type) => type === typeOf(unit)),
  );

/** Slice types 1 and 6 are B (ITU-T H.264, table 7-6). */
const bSlice = 1;
const sliceTypes = 5;

/** Whether any part of the picture is predicted from a later one: a B-frame. */
export function isBPicture(units: readonly Uint8Array[]): boolean {
  return units.some((unit) => {
    if (typeOf(unit) !== nalType.slice && typeOf(unit) !== nalType.firstPartition) return false;
    // The first macroblock and the type stand first in a slice (7.3.3), in a few bytes.
    const bits = new Bits(unit.subarray(1, 16));
    bits.unsigned();
    return bits.unsigned() % sliceTypes === bSlice;
  });
}

/** A unit never ends in a zero: such are the next start code's. */
function withoutTrailingZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}
