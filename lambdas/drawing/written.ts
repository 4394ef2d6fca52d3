import sharp from 'sharp';
import { escaped } from './fitted-text.ts';
import { fontFamily, fontFile } from './font.ts';
import { labelOf } from './label.ts';
import type { Size } from './place.ts';
import { colour } from './shapes.ts';

/** A name, written, with the size of the label round it. */
export interface Label extends Size {
  readonly text: Buffer;
  readonly padding: number;
}

/** How high a name on a picture is written, in points, of which one is a pixel. */
export const pointsOf = (picture: Size): number =>
  Math.min(40, Math.max(16, Math.round(Math.max(picture.width, picture.height) / 32)));

/**
 * Writes a name for a picture.
 *
 * @param times larger than a name at the door: what is looked at on a phone, much smaller than it is
 * @returns undefined for a name that cannot be written, or a picture too small to write in
 */
export async function written(name: string, picture: Size, times = 1): Promise<Label | undefined> {
  const label = labelOf(name);
  if (label === undefined) return undefined;
  const points = Math.round(times * pointsOf(picture));
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
