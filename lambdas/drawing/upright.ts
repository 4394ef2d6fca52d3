import sharp from 'sharp';
import type { Size } from './place.ts';

/** Pixels on the longest side: what Telegram makes of any photo that is larger. */
const longestSide = 1280;

/** A picture as it is looked at: the way up that its file says, and no larger than it is shown. `data` is a PNG. */
export async function uprightPicture(file: Uint8Array): Promise<Size & { readonly data: Buffer }> {
  const { data, info } = await sharp(file, { failOn: 'none' })
    .autoOrient()
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
