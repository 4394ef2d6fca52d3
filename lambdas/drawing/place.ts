import type { RatioBox } from '../../party/record/record.ts';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in a picture, in pixels. */
export interface PixelBox extends Size {
  readonly left: number;
  readonly top: number;
}

/** How far from the face its frame stands, as a share of the face. */
const margin = 0.12;
/** The least side of a frame, as a share of the picture's longest: a smaller one would not be seen on a phone. */
const least = 1 / 32;

/**
 * The frame round a face: a little larger than the face, and wholly within the picture.
 *
 * @param inset how far from the picture's edge it stays, in pixels
 * @returns undefined when the face is not in the picture
 */
export function frameRound(face: RatioBox, picture: Size, inset: number): PixelBox | undefined {
  const across = side(face.left, face.width, picture.width, picture, inset);
  const down = side(face.top, face.height, picture.height, picture, inset);
  return across && down && { left: across[0], width: across[1], top: down[0], height: down[1] };
}

/** Where a frame begins, and how long it is, in one direction. */
function side(
  from: number,
  size: number,
  pixels: number,
  { width, height }: Size,
  inset: number,
): [number, number] | undefined {
  if (from >= 1 || from + size <= 0) return undefined;
  const centre = (from + size / 2) * pixels;
  const half = Math.max(size * pixels * (1 + 2 * margin), Math.max(width, height) * least) / 2;
  const begin = Math.min(Math.max(centre - half, inset), pixels - inset);
  const end = Math.max(Math.min(centre + half, pixels - inset), inset);
  return [Math.round(begin), Math.max(1, Math.round(end - begin))];
}

/**
 * Where a label goes: under the frame, over it where there is no room, else at the picture's lower edge; in the
 * middle of the frame as far as the picture lets it.
 *
 * @param gap between frame and label, in pixels
 */
export function labelAt(frame: PixelBox, label: Size, picture: Size, gap: number): PixelBox {
  const middle = frame.left + frame.width / 2 - label.width / 2;
  const under = frame.top + frame.height + gap;
  const over = frame.top - gap - label.height;
  const lowest = picture.height - label.height;
  const top = under <= lowest ? under : over >= 0 ? over : lowest;
  return {
    ...label,
    left: Math.round(Math.max(0, Math.min(middle, picture.width - label.width))),
    top: Math.max(0, Math.round(top)),
  };
}
