import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { colour, rect, svg } from './shapes.ts';
import { uprightPicture } from './upright.ts';
import { written } from './written.ts';

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
/** How much of what is round a face is shown, as a multiple of the face. */
const surroundings = 2;

/** Two faces side by side, each with its label: are they one person? @throws sharp's error for what is no picture */
export async function drawLookAlikes(left: ShownFace, right: ShownFace): Promise<Uint8Array> {
  const width = 2 * side + gap;
  const overlays = [...(await portrait(left, 0)), ...(await portrait(right, side + gap))];
  return sharp({ create: { width, height: side, channels: 3, background: '#ffffff' } })
    .composite(overlays)
    .jpeg({ quality })
    .toBuffer();
}

async function portrait({ file, box, label }: ShownFace, from: number): Promise<OverlayOptions[]> {
  const { data, ...size } = await uprightPicture(file);
  const cut = squareRound(box ?? { left: 0, top: 0, width: 1, height: 1 }, size, box ? surroundings : 1);
  const input = await sharp(data).extract(cut).resize(side, side).png().toBuffer();
  const text = await written(label, { width: side, height: side }, 2);
  if (!text) return [{ input, left: from, top: 0 }];
  const place = { left: 0, top: side - text.height, width: side, height: text.height };
  const strip = svg({ width: side, height: side }, [
    rect(place, `fill="${colour.label}" fill-opacity="0.8"`, 0),
  ]);
  return [
    { input, left: from, top: 0 },
    { input: strip, left: from, top: 0 },
    {
      input: text.text,
      left: from + Math.round((side - text.width) / 2) + text.padding,
      top: place.top + text.padding,
    },
  ];
}

/** A square of the picture round a face, as large as asked if the picture is. */
export function squareRound(
  face: RatioBox,
  picture: { readonly width: number; readonly height: number },
  times: number,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const least = Math.min(picture.width, picture.height);
  const wanted = times * Math.max(face.width * picture.width, face.height * picture.height);
  const length = Math.max(1, Math.round(Math.min(least, wanted)));
  const begin = (from: number, share: number, pixels: number): number => {
    const middle = (from + share / 2) * pixels;
    return Math.round(Math.min(Math.max(0, middle - length / 2), pixels - length));
  };
  return {
    left: begin(face.left, face.width, picture.width),
    top: begin(face.top, face.height, picture.height),
    width: length,
    height: length,
  };
}
