import { tileOf } from './detector-square.ts';
import type { Box } from './face.ts';

/** Each sample, which is compared to see what moves, is the mean of so many pixels across and down: see `glance`. */
const sampling = 8;

/** A sample has changed when its grey, 0 to 255, did by more than this. */
const change = 12;

/** A tile in which this share of the samples has changed is looked at as if it had waited twice as long. */
const lively = 0.004;

/** Tiles overlap by this share, so that a face of this height is whole in one of them. */
const overlapping = 0.15;

interface Size {
  readonly width: number;
  readonly height: number;
}

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
  #size: Size | undefined;
  #tiles: Tile[] = [];
  #before: Uint8Array | undefined;
  #turn = 0;

  /**
   * @param seen what is seen of the picture at a glance
   * @param small faces that are followed and seen better in a tile, the one that is most in need first
   * @param urgent whether somebody waits for looks at that one
   * @returns undefined when a picture of this size has no room for a tile
   */
  next(picture: Size, seen: Uint8Array, small: readonly Box[], urgent = false): Box | undefined {
    if (this.#size?.width !== picture.width || this.#size?.height !== picture.height) this.#begin(picture);
    const size = tileOf(picture);
    if (!size) return undefined;
    const before = this.#before;
    this.#before = seen;
    this.#turn += 1;
    const [face] = small;
    const isElsewhere = this.#turn % (urgent ? 4 : 2) === 1;
    if (face && !isElsewhere) return round(face, size, picture);
    const weight = ({ box, waited }: Tile) =>
      waited * (1 + (before ? changedShare(before, seen, box, picture.width) / lively : 0));
    const chosen = this.#tiles.reduce((a, b) => (weight(b) > weight(a) ? b : a));
    for (const tile of this.#tiles) tile.waited = tile === chosen ? 1 : tile.waited + 1;
    return chosen.box;
  }

  #begin(picture: Size): void {
    this.#size = { width: picture.width, height: picture.height };
    this.#before = undefined;
    this.#tiles = tilesOf(picture).map((box) => ({ box, waited: 1 }));
  }
}

/** Tiles that cover a picture. */
export function tilesOf(picture: Size): Box[] {
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
function round(face: Box, size: Size, picture: Size): Box {
  const place = (middle: number, part: number, whole: number) =>
    Math.round(Math.min(whole - part, Math.max(0, middle - part / 2)));
  return {
    left: place(face.left + face.width / 2, size.width, picture.width),
    top: place(face.top + face.height / 2, size.height, picture.height),
    ...size,
  };
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
