import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { captionStrip, faceSquare } from './face-square.ts';
import { colour } from './shapes.ts';

/** One of two people who are shown side by side. */
export interface ShownFace {
  /** JPEG or PNG. */
  readonly file: Uint8Array;
  /** Where the face is; without it, the middle of the picture is shown. */
  readonly box?: RatioBox | undefined;
  readonly label: string;
}

/** Pixels. */
const side = 480;
const gap = 8;
const quality = 85;

/** Two faces side by side, each with its label: are they one person? @throws sharp's error for what is no picture */
export async function drawLookAlikes(left: ShownFace, right: ShownFace): Promise<Uint8Array> {
  const width = 2 * side + gap;
  const overlays = [...(await portrait(left, 0)), ...(await portrait(right, side + gap))];
  return sharp({ create: { width, height: side, channels: 3, background: colour.ground } })
    .composite(overlays)
    .jpeg({ quality })
    .toBuffer();
}

async function portrait({ file, box, label }: ShownFace, left: number): Promise<OverlayOptions[]> {
  const at = { left, top: 0, width: side, height: side };
  const input = Buffer.from(await faceSquare(file, box, side));
  return [{ input, left, top: 0 }, ...(await captionStrip(label, at, 2))];
}
