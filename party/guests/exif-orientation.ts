/** Which side of a picture is up (Exif 2.3, 4.6.4): 1 is as it is; turned and mirrored ones up to 8. */
type Orientation = number;

const tag = 0x0112;
const short = 3;
const entryLength = 12;

/**
 * The orientation that an Exif segment tells.
 *
 * @param segment from its name (`Exif`) on
 * @returns 1 when it tells none
 */
export function orientationIn(segment: Buffer): Orientation {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return 1;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const number = (at: number, bytes: 2 | 4): number => {
    if (at + bytes > tiff.length) return 0;
    return isLittle ? tiff.readUIntLE(at, bytes) : tiff.readUIntBE(at, bytes);
  };
  const directory = number(4, 4);
  const entries = number(directory, 2);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * entryLength;
    if (at + entryLength > tiff.length) return 1;
    // Its type, how many there are, and the value itself, which is short enough to stand there.
    if (number(at, 2) === tag) return checked(number(at + 8, 2));
  }
  return 1;
}

/** A JPEG's segment that tells the orientation and nothing else; none is needed for a picture that is upright. */
export function orientationOnly(orientation: Orientation): Buffer {
  if (orientation === 1) return Buffer.alloc(0);
  const head = Buffer.from('\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01', 'latin1');
  const entry = Buffer.alloc(entryLength + 4);
  entry.writeUInt16BE(tag, 0);
  entry.writeUInt16BE(short, 2);
  entry.writeUInt32BE(1, 4);
  entry.writeUInt16BE(orientation, 8);
  return Buffer.concat([head, entry]);
}

const checked = (orientation: number): Orientation =>
  orientation >= 1 && orientation <= 8 ? orientation : 1;
