import sharp from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { squareRound } from './face-square.ts';
import { rect, svg } from './shapes.ts';

/** How much of what is round a face is shown, as a multiple of the face: one sees a hat, and who else is there less. */
const surroundings = 1.8;
const wholePicture: RatioBox = { left: 0, top: 0, width: 1, height: 1 };

/**
 * A square of the camera's picture with a face in its middle and round corners, as a PNG.
 *
 * @param jpeg the camera's picture, which is the right way up as it is
 * @param side pixels
 * @returns undefined where there is no picture, or what is there is none; of one that was cut off, what is there is shown
 */
export async function faceInPicture(
  jpeg: Uint8Array | undefined,
  box: RatioBox | undefined,
  side: number,
): Promise<Buffer | undefined> {
  if (!jpeg) return undefined;
  try {
    const { width, height } = await sharp(jpeg).metadata();
    const square = squareRound(box ?? wholePicture, { width, height }, box ? surroundings : 1);
    const corners = { left: 0, top: 0, width: side, height: side };
    const mask = svg(corners, [rect(corners, 'fill="#fff"', Math.round(side / 12))]);
    return await sharp(jpeg, { failOn: 'none' })
      .extract(square)
      .resize(side, side)
      .toColourspace('srgb')
      .composite([{ input: mask, blend: 'dest-in' }])
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch {
    return undefined;
  }
}
