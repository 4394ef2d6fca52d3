import sharp from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { squareRound } from './face-square.ts';

/** How much of the picture is cut out, as a multiple of the face: detectors miss tight crops, and a host sees a hat. */
const surroundings = 2.5;

/** Smaller pieces are enlarged, pixels: detectors miss small faces, and Rekognition takes no picture under 80. */
const leastSide = 320;
const quality = 92;

/**
 * A face cut out of the camera's picture, with some of what is round it, as a JPEG.
 *
 * @param box where the face is
 * @throws sharp's error for what is no picture
 */
export async function faceCrop(jpeg: Uint8Array, box: RatioBox): Promise<Uint8Array> {
  const { width, height } = await sharp(jpeg).metadata();
  const { left, top, width: side } = squareRound(box, { width, height }, surroundings);
  const crop = sharp(jpeg, { failOn: 'none' }).extract({ left, top, width: side, height: side });
  if (side < leastSide) crop.resize(leastSide, leastSide);
  return crop.toColourspace('srgb').jpeg({ quality }).toBuffer();
}
