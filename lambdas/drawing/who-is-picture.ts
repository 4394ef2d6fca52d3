import sharp from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { drawContactSheet, type SheetFace } from './contact-sheet.ts';
import { faceSquare } from './face-square.ts';

/** Pixels. */
const faceSide = 640;
const quality = 85;

/**
 * A face that nobody has named, and beside it, as large, those who it may be, with their numbers: what one compares to
 * say who it is.
 *
 * @param face its picture, and where the face is in that
 */
export async function drawWhoIs(
  face: { readonly file: Uint8Array; readonly box: RatioBox },
  guests: readonly SheetFace[],
): Promise<Uint8Array> {
  if (guests.length > 0) {
    const numbered = guests.map((guest, index) => ({ mark: String(index + 1), ...guest }));
    return drawContactSheet([{ ...face, mark: '?' }, ...numbered]);
  }
  return sharp(await faceSquare(face.file, face.box, faceSide))
    .jpeg({ quality })
    .toBuffer();
}
