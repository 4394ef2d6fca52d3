import sharp from 'sharp';
import { fontFamily, fontFile } from './font.ts';
import type { Size } from './place.ts';

/** How a text is to be written. */
export interface TextStyle {
  /** Of the letters, pixels. */
  readonly size: number;
  /** Pixels that a line may have. */
  readonly width: number;
  /** So many lines at most. */
  readonly lines: number;
  /** `#rrggbb` */
  readonly colour: string;
}

/** A text as a PNG, with nothing round it. */
export interface WrittenText extends Size {
  readonly png: Buffer;
}

/** A line's height, as a multiple of the letters' size: what DejaVu Sans has, with the highest accents. */
export const lineHeight = 1.2;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Writes a text as large as asked, in lines as long as there is room; what does not fit is cut off, with an ellipsis.
 * Pango lays it out, so that Arabic and Hebrew read from right to left and their letters join.
 *
 * @param text of characters that the font has (`label.ts`), and not empty
 */
export async function fittedText(text: string, style: TextStyle): Promise<WrittenText> {
  const all = [...characters.segment(text)].map(({ segment }) => segment);
  const highest = Math.ceil(style.size * lineHeight * style.lines);
  const isFit = ({ width, height }: Size): boolean => width <= style.width && height <= highest;
  const whole = await render(text, style);
  if (isFit(whole)) return whole;
  // The longest beginning that fits, by halves.
  let [fits, tooLong] = [0, all.length];
  let best: WrittenText | undefined;
  while (tooLong - fits > 1) {
    const kept = Math.floor((fits + tooLong) / 2);
    const tried = await render(`${all.slice(0, kept).join('').trimEnd()}…`, style);
    if (isFit(tried)) [fits, best] = [kept, tried];
    else tooLong = kept;
  }
  return best ?? shrunk(whole, { width: style.width, height: highest });
}

async function render(text: string, { size, width, colour }: TextStyle): Promise<WrittenText> {
  const { data, info } = await sharp({
    text: {
      text: `<span foreground="${colour}">${escaped(text)}</span>`,
      font: `${fontFamily} ${size}`,
      fontfile: fontFile,
      width,
      align: 'centre',
      wrap: 'word-char',
      rgba: true,
      // A point is a pixel then.
      dpi: 72,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** Even a single letter is too wide for the smallest places. */
async function shrunk({ png }: WrittenText, room: Size): Promise<WrittenText> {
  const { data, info } = await sharp(png)
    .resize({ width: Math.max(1, room.width), height: Math.max(1, room.height), fit: 'inside' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** For Pango's markup, in which sharp reads a text. */
export const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;' })[char] ?? '&gt;');
