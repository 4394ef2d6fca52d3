/*
 * The few encodings of DER (ITU-T X.690) that a certificate takes: a tag, a length, and what is in it.
 */

/** A length: one byte up to 127, or how many bytes it takes and those (X.690, 8.1.3). */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

/** Anything, by its tag. */
export function tagged(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => tagged(0x31, ...parts);
export const octets = (content: Buffer): Buffer => tagged(0x04, content);
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'));

/** A positive number: one that begins with a set bit would be negative (X.690, 8.3). */
export const integer = (bytes: Buffer): Buffer =>
  tagged(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);

/** Bits, of which none is left over in the last byte. */
export const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.of(0), content);

/** True; false is left out. */
export const yes = Buffer.from([0x01, 0x01, 0xff]);

/** A time until 2049, to the second (RFC 5280, 4.1.2.5.1). @param time milliseconds since 1970 */
export const utcTime = (time: number): Buffer =>
  tagged(0x17, Buffer.from(`${new Date(time).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));

/** The name of an algorithm or a field, such as `2.5.4.3` (X.690, 8.19). */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from(bytes));
}
