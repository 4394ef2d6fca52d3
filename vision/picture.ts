import sharp from 'sharp';
import type { JpegPicture, Picture } from './face.ts';

/** What was given cannot be read as a picture. The message is for people. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  /** `format`: it is no JPEG or PNG file. `broken`: it is one, but damaged or cut off. */
  readonly reason: 'format' | 'broken';

  constructor(reason: 'format' | 'broken', message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Longer pictures are made this long, so that one photo never takes more than 50 MB. */
const longestSide = 4096;

/** How JPEG and PNG files begin. Nothing else reaches a decoder, as with Rekognition. */
const signatures = [Buffer.from('ffd8ff', 'hex'), Buffer.from('89504e470d0a1a0a', 'hex')];

/**
 * Decodes a JPEG or PNG file, upright as its EXIF orientation says. Transparent parts become white; a
 * picture with a side over 4096 pixels is made smaller.
 *
 * @throws {PictureError} when it is no such file, or a damaged one
 */
export async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  if (!signatures.some((signature) => signature.equals(bytes.subarray(0, signature.length)))) {
    throw new PictureError('format', 'This is not a JPEG or PNG picture. Send it as a JPEG or PNG.');
  }
  try {
    const { data, info } = await sharp(bytes)
      .autoOrient()
      .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (cause) {
    throw new PictureError('broken', 'This picture is damaged or cut off. Send it again, or another one.', {
      cause,
    });
  }
}

/** A JPEG decoder that shows an eighth of a picture's width and height does an eighth of the work. */
const eighth = 8;

/**
 * A JPEG file with its size, once it has been read as far as it takes to know that it is whole.
 *
 * @throws {PictureError} when it is none, or a damaged one
 */
export async function readJpeg(jpeg: Buffer): Promise<JpegPicture> {
  if (jpeg[0] !== signatures[0]![0]) throw new PictureError('format', 'This is not a JPEG picture.');
  try {
    const { autoOrient } = await sharp(jpeg).metadata();
    await glance({ ...autoOrient, jpeg });
    return { ...autoOrient, jpeg };
  } catch (cause) {
    throw new PictureError('broken', 'This picture is damaged or cut off.', { cause });
  }
}

/** What is seen of a picture at a glance: its eighth, rounded up, each way; a byte of grey a pixel, row by row. */
export async function glance({ width, height, jpeg }: JpegPicture): Promise<Uint8Array> {
  return await sharp(jpeg)
    .autoOrient()
    .resize(Math.ceil(width / eighth), Math.ceil(height / eighth), { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer();
}

/** Encodes a picture as a JPEG file; quality is 1 to 100. */
export async function encodeJpeg({ width, height, data }: Picture, quality = 85): Promise<Buffer> {
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}
