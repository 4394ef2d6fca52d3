import sharp, { type OverlayOptions } from 'sharp';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import { fontFamily, fontFile } from './font.ts';
import { labelOf } from './label.ts';
import { frameRound, labelAt, type PixelBox, type Size } from './place.ts';

/** Pixels on the longest side: what Telegram makes of any photo that is larger. */
const longestSide = 1280;
const quality = 85;

const colour = { frame: '#ffd54a', rim: '#000000', label: '#14213d', text: '#ffffff' } as const;

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
  const frame = frameRound(box, size, stroke);
  if (frame) picture.composite(await overlays(name, frame, size, stroke));
  return picture.jpeg({ quality }).toBuffer();
}

async function overlays(
  name: string,
  frame: PixelBox,
  picture: Size,
  stroke: number,
): Promise<OverlayOptions[]> {
  const label = await written(name, picture);
  const place = label && labelAt(frame, label, picture, 2 * stroke);
  const drawing = svg(picture, [
    rect(
      frame,
      `fill="none" stroke="${colour.rim}" stroke-opacity="0.6" stroke-width="${stroke + 2}"`,
      stroke,
    ),
    rect(frame, `fill="none" stroke="${colour.frame}" stroke-width="${stroke}"`, stroke),
    ...(place ? [rect(place, `fill="${colour.label}" fill-opacity="0.8"`, 2 * stroke)] : []),
  ]);
  return [
    { input: drawing, left: 0, top: 0 },
    ...(place && label
      ? [{ input: label.text, left: place.left + label.padding, top: place.top + label.padding }]
      : []),
  ];
}

/** A name, written, with the size of the label round it. */
interface Label extends Size {
  readonly text: Buffer;
  readonly padding: number;
}

/** @returns undefined for a name that cannot be written, or a picture too small to write in */
async function written(name: string, picture: Size): Promise<Label | undefined> {
  const label = labelOf(name);
  if (label === undefined) return undefined;
  const points = Math.min(40, Math.max(16, Math.round(Math.max(picture.width, picture.height) / 32)));
  const padding = Math.round(points / 3);
  const room = { width: picture.width - 2 * padding, height: Math.floor(picture.height / 3) - 2 * padding };
  if (room.width < points || room.height < points / 2) return undefined;
  const text = sharp({
    text: {
      text: `<span foreground="${colour.text}">${escaped(label)}</span>`,
      font: `${fontFamily} ${points}`,
      fontfile: fontFile,
      rgba: true,
      // A point is a pixel then.
      dpi: 72,
    },
  });
  const { data, info } = await sharp(await text.png().toBuffer())
    .resize({ ...room, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { text: data, padding, width: info.width + 2 * padding, height: info.height + 2 * padding };
}

const svg = ({ width, height }: Size, content: readonly string[]): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content.join('')}</svg>`,
  );

const rect = ({ left, top, width, height }: PixelBox, style: string, radius: number): string =>
  `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${radius}" ${style}/>`;

/** For Pango's markup, in which sharp reads a text. */
const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;' })[char] ?? '&gt;');

const atLeastOne = (pixels: number): number => Math.max(1, Math.round(pixels));
