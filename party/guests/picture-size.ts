/** Pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How large a JPEG or PNG is, as its header says; nothing is decoded. One that is to be turned may have the two the other
 * way round.
 *
 * @returns undefined when the header does not say
 */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // PNG's first chunk is its header (PNG specification, 11.2.2).
  if (file.toString('latin1', 12, 16) === 'IHDR' && file.length >= 24)
    return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
  return jpegSize(file);
}

/** The marker of a frame's header: SOF0 to SOF15, but for three of other meaning (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(file: Buffer): PictureSize | undefined {
  for (let at = 2; at + 9 <= file.length && file[at] === 0xff; ) {
    const marker = file[at + 1]!;
    // What fills the space between segments.
    if (marker === 0xff) at++;
    else if (isFrame(marker)) return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
    else at += 2 + file.readUInt16BE(at + 2);
  }
  return undefined;
}
