import { tileOf } from './detector-square.ts';
import type { Box, Picture } from './face.ts';

/** Every so many pixels, across and down, one is compared to see what moves. */
const sampling = 8;

/** A sample has changed when its green, 0 to 255, did by more than this. */
const change = 16;

/** A tile in which this share of the samples has changed is looked at as if it had waited twice as long. */
const lively = 0.004;

/** Tiles overlap by this share, so that a face of this height is whole in one of them. */
const overlapping = 0.15;

interface Tile {
  readonly box: Box;
  /** For how many looks it has not been looked at. */
  waited: number;
}

/**
 * Says which tile of a camera's picture is looked at closely next: one after another, those sooner in which something
 * moves, and every other time the one round a face that is followed and small; three times of four while it is urgent.
 */
export class TilePlan {
  #size: { width: number; height: number } | undefined;
  #tiles: Tile[] = [];
  #before: Uint8Array | undefined;
  #turn = 0;

  /**
   * @param small faces that are followed and seen better in a tile, the one that is most in need first
   * @param urgent whether somebody waits for looks at that one
   * @returns undefined when a picture of this size has no room for a tile
   */
  next(picture: Picture, small: readonly Box[], urgent = false): Box | undefined {
    if (this.#size?.width !== picture.width || this.#size?.height !== picture.height) this.#begin(picture);
    const size = tileOf(picture);
    if (!size) return undefined;
    const now = samples(picture);
    const before = this.#before;
    this.#before = now;
    this.#turn += 1;
    const [face] = small;
    const isElsewhere = this.#turn % (urgent ? 4 : 2) === 1;
    if (face && !isElsewhere) return round(face, size, picture);
    const weight = ({ box, waited }: Tile) =>
      waited * (1 + (before ? changedShare(before, now, box, picture.width) / lively : 0));
    const chosen = this.#tiles.reduce((a, b) => (weight(b) > weight(a) ? b : a));
    for (const tile of this.#tiles) tile.waited = tile === chosen ? 1 : tile.waited + 1;
    return chosen.box;
  }

  #begin(picture: Picture): void {
    this.#size = { width: picture.width, height: picture.height };
    this.#before = undefined;
    this.#tiles = tilesOf(picture).map((box) => ({ box, waited: 1 }));
  }
}

/** Tiles that cover a picture. */
export function tilesOf(picture: Pick<Picture, 'width' | 'height'>): Box[] {
  const size = tileOf(picture);
  if (!size) return [];
  const places = (whole: number, part: number) => {
    const count = whole <= part ? 1 : 1 + Math.ceil((whole - part) / (part * (1 - overlapping)));
    return Array.from({ length: count }, (_, i) => Math.round((i * (whole - part)) / Math.max(1, count - 1)));
  };
  return places(picture.height, size.height).flatMap((top) =>
    places(picture.width, size.width).map((left) => ({ left, top, ...size })),
  );
}

/** The tile with a face in its middle. */
function round(face: Box, size: { width: number; height: number }, picture: Picture): Box {
  const place = (middle: number, part: number, whole: number) =>
    Math.round(Math.min(whole - part, Math.max(0, middle - part / 2)));
  return {
    left: place(face.left + face.width / 2, size.width, picture.width),
    top: place(face.top + face.height / 2, size.height, picture.height),
    ...size,
  };
}

function samples({ width, height, data }: Picture): Uint8Array {
  const [columns, rows] = [Math.ceil(width / sampling), Math.ceil(height / sampling)];
  const result = new Uint8Array(columns * rows);
  for (let i = 0; i < result.length; i++) {
    const [x, y] = [(i % columns) * sampling, Math.floor(i / columns) * sampling];
    result[i] = data[(y * width + x) * 3 + 1]!;
  }
  return result;
}

/** Which share of a box's samples has changed. */
function changedShare(
  before: Uint8Array,
  now: Uint8Array,
  { left, top, width, height }: Box,
  across: number,
) {
  const columns = Math.ceil(across / sampling);
  let [changed, all] = [0, 0];
  for (let row = Math.ceil(top / sampling); row * sampling < top + height; row++) {
    for (let column = Math.ceil(left / sampling); column * sampling < left + width; column++) {
      const at = row * columns + column;
      if (Math.abs(now[at]! - before[at]!) > change) changed += 1;
      all += 1;
    }
  }
  return changed / Math.max(1, all);
}
