/**
 * Elements of EBML, the binary form that Matroska is written in (RFC 8794): an id, a size and what is in it. Ids are
 * written as they stand in the tables, with the bits that tell their length.
 */

/** An element with what is in it: bytes, or other elements one after the other. */
export function element(id: number, ...content: readonly Uint8Array[]): Buffer {
  const size = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([bytesOf(id), sizeOf(size), ...content]);
}

/** The head of an element whose end is told by what follows it: one that is written while it comes (RFC 8794, 6.2). */
export const openElement = (id: number): Buffer => Buffer.concat([bytesOf(id), Buffer.from([0xff])]);

/** A number of 0 to 2^53 - 1, in as few bytes as it takes. */
export const uint = (id: number, value: number): Buffer => element(id, bytesOf(value));

export const text = (id: number, value: string): Buffer => element(id, Buffer.from(value));

/** A size in as few bytes as it takes; all ones would mean that it is unknown. */
function sizeOf(size: number): Buffer {
  let length = 1;
  while (size >= 2 ** (7 * length) - 1) length += 1;
  const bytes = Buffer.alloc(length);
  for (let at = length - 1, left = size; at >= 0; at--, left = Math.floor(left / 256)) bytes[at] = left % 256;
  bytes[0]! |= 0x80 >> (length - 1);
  return bytes;
}

/** A number's bytes, the highest first; zero has one. */
function bytesOf(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Buffer.from(bytes.length > 0 ? bytes : [0]);
}
