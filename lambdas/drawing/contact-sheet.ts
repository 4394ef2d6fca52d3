import sharp, { type OverlayOptions } from 'sharp';
import type { RatioBox } from '../../party/record/record.ts';
import { captionStrip, cornerMark, faceSquare } from './face-square.ts';
import type { PixelBox, Size } from './place.ts';
import { colour } from './shapes.ts';

/** One face of a contact sheet. */
export interface SheetFace {
  /** JPEG or PNG; undefined when it is lost. */
  readonly file: Uint8Array | undefined;
  /** Where the face is; without it, the middle of the picture is shown. */
  readonly box?: RatioBox | undefined;
  /** What stands below. */
  readonly label?: string | undefined;
  /** What stands in its corner, in place of its number. */
  readonly mark?: string;
}

/** Pixels. */
const mostWide = 1280;
const largestSide = 480;
const gap = 8;
const quality = 85;
/** In place of a picture that is not there. */
const empty = '#9aa0aa';

/**
 * The height of a number, as a part of its square's: it is read on a phone, where a sheet is as wide as a thumb is
 * long.
 */
const markHeight = 0.17;

/**
 * Faces in rows, each with its number, from 1: what is shown of many photos at once. A picture that is lost, or cannot be
 * read, leaves its place empty, with its number.
 */
export async function drawContactSheet(faces: readonly SheetFace[]): Promise<Uint8Array> {
  const places = sheetPlaces(faces.length);
  const overlays: OverlayOptions[] = [];
  // One after the other: each may be a large photo.
  for (const [index, face] of faces.entries())
    overlays.push(...(await marked(face, face.mark ?? String(index + 1), places[index]!)));
  return sharp({ create: { ...sizeOf(places), channels: 3, background: colour.ground } })
    .composite(overlays)
    .jpeg({ quality })
    .toBuffer();
}

/**
 * Where each of so many faces is on the sheet: squares, as many in a row as there are rows, or one more; a last row
 * that is not full stands in the middle.
 */
export function sheetPlaces(faces: number): PixelBox[] {
  const columns = Math.max(1, Math.ceil(Math.sqrt(faces)));
  const side = Math.min(largestSide, Math.floor((mostWide - (columns - 1) * gap) / columns));
  const inLastRow = faces % columns || columns;
  const indent = Math.floor(((columns - inLastRow) * (side + gap)) / 2);
  return Array.from({ length: faces }, (_, index) => ({
    left: (index % columns) * (side + gap) + (index >= faces - inLastRow ? indent : 0),
    top: Math.floor(index / columns) * (side + gap),
    width: side,
    height: side,
  }));
}

async function marked(
  { file, box, label }: SheetFace,
  mark: string,
  place: PixelBox,
): Promise<OverlayOptions[]> {
  const { left, top, width: side } = place;
  const input = Buffer.from((file && (await square(file, box, side))) ?? (await blank(side)));
  return [
    { input, left, top },
    ...(label === undefined ? [] : await captionStrip(label, place, 2.5)),
    ...(await cornerMark(mark, place, markHeight)),
  ];
}

/** @returns undefined for a file that is no picture */
async function square(file: Uint8Array, box: RatioBox | undefined, side: number) {
  try {
    return await faceSquare(file, box, side);
  } catch {
    return undefined;
  }
}

const blank = (side: number): Promise<Uint8Array> =>
  sharp({ create: { width: side, height: side, channels: 3, background: empty } })
    .png()
    .toBuffer();

const sizeOf = (places: readonly PixelBox[]): Size => ({
  width: Math.max(1, ...places.map(({ left, width }) => left + width)),
  height: Math.max(1, ...places.map(({ top, height }) => top + height)),
});
