import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { framedFace } from './framed-face.ts';
import { frameRound } from './place.ts';
import { written } from './written.ts';

/** Pixels on the longest side: what Telegram makes of any photo that is larger. */
const longestSide = 1280;
const quality = 85;

/** A face that is shown, with what is written at it. */
export interface LabelledFace {
  readonly box: RatioBox;
  readonly label: string;
}

/** The camera's picture, as JPEG, and how high it came, in pixels. */
export interface CameraPicture {
  readonly jpeg: Uint8Array;
  readonly height: number;
}

/** How high a picture is as people see it, in pixels. */
export async function heightOf(jpeg: Uint8Array): Promise<number> {
  return (await sharp(jpeg).metadata()).height;
}

/** The camera's picture with a frame round each face. A face outside the picture is not framed. */
export async function drawCamera(jpeg: Uint8Array, faces: readonly LabelledFace[]): Promise<Uint8Array> {
  const { width, height } = await sharp(jpeg).metadata();
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const stroke = Math.max(2, Math.round(Math.max(size.width, size.height) / 320));
  const overlays: OverlayOptions[] = [];
  for (const { box, label } of faces) {
    const frame = frameRound(box, size, stroke);
    if (frame)
      overlays.push(...framedFace(frame, await written(label, size), size, { stroke, gap: 2 * stroke }));
  }
  return sharp(jpeg, { failOn: 'none' })
    .resize(size.width, size.height, { fit: 'fill' })
    .toColourspace('srgb')
    .composite(overlays)
    .jpeg({ quality })
    .toBuffer();
}
