import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Pixels of a module: a phone's camera reads it from the other side of a table. */
const moduleSide = 10;
/** Modules of white around it (ISO/IEC 18004, "Quiet zone"). */
const quietZone = 4;

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A text as the picture of a QR code.
 *
 * @returns a PNG with one bit a pixel (W3C, "Portable Network Graphics"): no drawing library is worth its start here
 */
export function qrPicture(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const side = size * moduleSide;
  const rows = data.flatMap((modules) => Array<Buffer>(moduleSide).fill(row(modules)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit of grey; compression, filter and interlace have one standard value each.
  header.writeUInt8(1, 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A row of pixels: no filter, and then eight a byte, of which a 1 is white. */
function row(modules: readonly boolean[]): Buffer {
  const pixels = Buffer.alloc(1 + Math.ceil((modules.length * moduleSide) / 8));
  for (let x = 0; x < modules.length * moduleSide; x++)
    if (!modules[Math.floor(x / moduleSide)]) pixels[1 + (x >> 3)]! |= 0x80 >> (x & 7);
  return pixels;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
