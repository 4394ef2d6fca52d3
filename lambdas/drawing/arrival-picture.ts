import sharp from 'sharp';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import { framedFace } from './framed-face.ts';
import { frameRound } from './place.ts';
import { written } from './written.ts';

/** Pixels on the longest side: what Telegram makes of any photo that is larger. */
const longestSide = 1280;
const quality = 85;

/** What of an arrival is drawn. */
type Drawn = Pick<Arrival, 'name' | 'box'>;

/**
 * The camera's picture with a frame round the face of the guest who arrived and the name at it, so that one sees
 * who is who. A name that the font cannot write is left out, and a face outside the picture is not framed.
 *
 * @param jpeg the camera's picture; it is made smaller if it is larger than 1280 pixels
 * @throws sharp's error when it is none; of one that was cut off, what is there is drawn
 */
export async function drawArrival(jpeg: Uint8Array, { name, box }: Drawn): Promise<Uint8Array> {
  const { width, height } = await sharp(jpeg).metadata();
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const size = { width: atLeastOne(width * scale), height: atLeastOne(height * scale) };
  const picture = sharp(jpeg, { failOn: 'none' })
    .resize(size.width, size.height, { fit: 'fill' })
    .toColourspace('srgb');
  const stroke = Math.max(2, Math.round(Math.max(size.width, size.height) / 320));
  const frame = box && frameRound(box, size, stroke);
  if (frame)
    picture.composite(framedFace(frame, await written(name, size), size, { stroke, gap: 2 * stroke }));
  return picture.jpeg({ quality }).toBuffer();
}

const atLeastOne = (pixels: number): number => Math.max(1, Math.round(pixels));
