import sharp from 'sharp';

/** How a picture is asked for. */
export interface ImageFormat {
  readonly type: 'JPEG' | 'PNG';
  /** 1 to 100, for JPEG; as retained when undefined. */
  readonly quality: number | undefined;
  /** Pixels; with both, the picture is stretched; with height alone it keeps its shape. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** A retained JPEG in the format asked for; untouched when nothing about it is to change. @throws if it is none */
export async function imageIn(
  { type, quality, width, height }: ImageFormat,
  jpeg: Uint8Array,
): Promise<Uint8Array> {
  if (type === 'JPEG' && quality === undefined && height === undefined) return jpeg;
  const image = sharp(jpeg);
  if (height !== undefined) image.resize(width === undefined ? { height } : { width, height, fit: 'fill' });
  return await (type === 'PNG' ? image.png() : image.jpeg({ quality: quality ?? 80 })).toBuffer();
}
