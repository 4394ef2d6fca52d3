import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { framedFace } from './framed-face.ts';
import { frameRound, type Size } from './place.ts';
import { uprightPicture } from './upright.ts';
import { written } from './written.ts';

const quality = 85;

/**
 * A photo with a frame round each of its faces and a number at it, from 1.
 *
 * @param file JPEG or PNG; it is shown upright, and made smaller if it is larger than 1280 pixels
 * @throws sharp's error when it is none
 */
export async function drawGroup(file: Uint8Array, faces: readonly RatioBox[]): Promise<Uint8Array> {
  const { data, ...size } = await uprightPicture(file);
  const stroke = Math.max(2, Math.round(Math.max(size.width, size.height) / 320));
  const overlays: OverlayOptions[] = [];
  for (const [index, face] of faces.entries())
    overlays.push(...(await numbered(face, String(index + 1), size, stroke)));
  return sharp(data).composite(overlays).jpeg({ quality }).toBuffer();
}

async function numbered(
  face: RatioBox,
  number: string,
  size: Size,
  stroke: number,
): Promise<OverlayOptions[]> {
  const frame = frameRound(face, size, stroke);
  const label = await written(number, size, 1.6);
  return frame && label ? framedFace(frame, label, size, { stroke, gap: stroke }) : [];
}
