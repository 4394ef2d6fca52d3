import sharp from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { drawContactSheet, type SheetFace } from './contact-sheet.ts';
import { faceSquare } from './face-square.ts';

/** Pixels. */
const width = 960;
const faceSide = 640;
const gap = 16;
const quality = 85;

/**
 * A face that nobody has named, large, and below it those who it may be, with their numbers: what one compares to say who
 * it is.
 *
 * @param face its picture, and where the face is in that
 */
export async function drawWhoIs(
  face: { readonly file: Uint8Array; readonly box: RatioBox },
  guests: readonly SheetFace[],
): Promise<Uint8Array> {
  const large = await faceSquare(face.file, face.box, faceSide);
  if (guests.length === 0) return sharp(large).jpeg({ quality }).toBuffer();
  const sheet = await sharp(await drawContactSheet(guests))
    .resize(width, width, { fit: 'inside', withoutEnlargement: true })
    .toBuffer({ resolveWithObject: true });
  return sharp({
    create: { width, height: faceSide + gap + sheet.info.height, channels: 3, background: '#ffffff' },
  })
    .composite([
      { input: Buffer.from(large), left: Math.round((width - faceSide) / 2), top: 0 },
      { input: sheet.data, left: Math.round((width - sheet.info.width) / 2), top: faceSide + gap },
    ])
    .jpeg({ quality })
    .toBuffer();
}
