/*
 * Elements of EBML (RFC 8794): an id, a size and what is in it. Ids are written as they stand in the tables, with the bits
 * that tell their length.
 */

/** An element with what is in it: bytes, or other elements one after the other. */
export function element(id: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([bytesOf(id), sizeOf(body.length), body]);
}

/** The head of an element whose end is told by what follows it (RFC 8794, 6.2). */
export const openElement = (id: number): Buffer => Buffer.concat([bytesOf(id), Buffer.from([0xff])]);

/** A whole number from 0 on. */
export const uint = (id: number, value: number): Buffer => element(id, bytesOf(value));

export const text = (id: number, value: string): Buffer => element(id, Buffer.from(value));

/** Always in eight bytes, of which the first says so (RFC 8794, 4.1). */
function sizeOf(size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(size));
  bytes[0] = 0x01;
  return bytes;
}

/** A number's bytes, the highest first. */
function bytesOf(value: number): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}
