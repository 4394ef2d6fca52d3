import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import type { PixelBox, Size } from './place.ts';
import { colour, rect, svg } from './shapes.ts';
import { uprightPicture } from './upright.ts';
import { pointsOf, written } from './written.ts';

/** How much of what is round a face is shown, as a multiple of the face. */
const surroundings = 2;
const wholePicture: RatioBox = { left: 0, top: 0, width: 1, height: 1 };

/**
 * A square of a photo with a face in its middle, as a PNG.
 *
 * @param file JPEG or PNG
 * @param box where the face is; without it, the middle of the picture is shown
 * @param side pixels
 * @throws sharp's error for what is no picture
 */
export async function faceSquare(
  file: Uint8Array,
  box: RatioBox | undefined,
  side: number,
): Promise<Uint8Array> {
  const { data, ...size } = await uprightPicture(file);
  const { left, top, width, height } = squareRound(box ?? wholePicture, size, box ? surroundings : 1);
  return sharp(data).extract({ left, top, width, height }).resize(side, side).png().toBuffer();
}

/** A strip along the lower edge of such a square with a text in its middle. @param at the square, in the picture */
export async function captionStrip(text: string, at: PixelBox, times: number): Promise<OverlayOptions[]> {
  const label = await written(text, at, times);
  if (!label) return [];
  const place = { left: 0, top: at.height - label.height, width: at.width, height: label.height };
  return [
    {
      input: svg(at, [rect(place, `fill="${colour.label}" fill-opacity="0.8"`, 0)]),
      left: at.left,
      top: at.top,
    },
    {
      input: label.text,
      left: at.left + Math.round((at.width - label.width) / 2) + label.padding,
      top: at.top + place.top + label.padding,
    },
  ];
}

/**
 * A number or a sign in the upper left corner of such a square.
 *
 * @param at the square, in the picture
 * @param height of the text, as a part of the square's side
 */
export async function cornerMark(text: string, at: PixelBox, height: number): Promise<OverlayOptions[]> {
  const label = await written(text, at, (height * at.height) / pointsOf(at));
  if (!label) return [];
  const side = Math.max(label.width, label.height);
  const radius = Math.round(side / 4);
  // Only the corner towards the face is round: the others are outside of the square.
  const place = { left: -radius, top: -radius, width: side + radius, height: side + radius };
  return [
    {
      input: svg(at, [rect(place, `fill="${colour.label}" fill-opacity="0.85"`, radius)]),
      left: at.left,
      top: at.top,
    },
    {
      input: label.text,
      left: at.left + Math.round((side - label.width) / 2) + label.padding,
      top: at.top + Math.round((side - label.height) / 2) + label.padding,
    },
  ];
}

/** A square of the picture round a face, as large as asked if the picture is. */
export function squareRound(face: RatioBox, picture: Size, times: number): PixelBox {
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
