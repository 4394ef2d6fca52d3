import sharp from 'sharp';
import type { Candidate } from './boxes.ts';
import type { Box, Picture, PreparedPicture } from './face.ts';
import { detectorSize, detectorStep } from './graphs/detector.ts';
import type { Look } from './look.ts';

/** A part of a picture, and where it lies in the detector's square. */
interface Part {
  /** In pixels of the picture. */
  readonly of: Box;
  /** In pixels of the square. */
  readonly top: number;
  readonly scale: number;
}

/** What the detector is shown. */
export interface DetectorSquare {
  /** Ends where the rest would be black: a wide picture's is looked at sooner so. */
  readonly square: Picture;
  /**
   * A candidate in pixels of the square as one of the picture; undefined when it is none: parts meet where nothing is.
   */
  readonly inPicture: (candidate: Candidate) => Candidate | undefined;
}

/** How much lower a picture lies that is looked at shifted: half a cell of the detector's, in pixels of its square. */
const shift = 16;

/** A tile is seen at this scale, in two and a half times the detail that a whole 1280×720 frame is. */
const tileScale = 0.8;

/** A tile that shows less than this many times more than the whole picture does is not worth it. */
const leastGain = 1.4;

/** A lower strip than this shows too little: pixels of the square. */
const leastStrip = 112;

/** So much of a box has to lie in the part of the square that its middle is in. */
const leastInside = 0.75;

/** Nearer to a tile's edge than this a face is cut: share of the tile's height. */
const rim = 0.02;

/**
 * How large a tile of a picture is, in pixels of the picture: what fits, at {@link tileScale}, into the strip of the
 * detector's square that a wide picture leaves empty. So it costs nothing. Undefined when there is no room, or the
 * whole picture is seen about as closely.
 */
export function tileOf({ width, height }: Pick<Picture, 'width' | 'height'>) {
  const scale = wholeScale({ width, height });
  const strip = detectorSize - Math.round(height * scale) - shift;
  if (strip < leastStrip || tileScale < leastGain * scale) return undefined;
  return {
    width: Math.min(width, Math.floor(detectorSize / tileScale)),
    height: Math.min(height, Math.floor(strip / tileScale)),
  };
}

/** So much black is left under a picture, for what it ends beside is seen with it: pixels of the square. */
const leastBlack = 16;

/** A picture with what every look at it needs, whatever else it will be looked at for. */
export async function prepared(picture: Picture): Promise<PreparedPicture> {
  return { ...picture, whole: await drawn(picture, wholeOf(picture)) };
}

/** A picture made smaller into the upper left of a black square, as the detector was trained; and a tile under it. */
export async function detectorSquare(
  picture: Picture | PreparedPicture,
  { shifted, tile }: Look,
): Promise<DetectorSquare> {
  const scale = wholeScale(picture);
  const room = detectorSize - Math.round(picture.height * scale);
  const whole: Part = { of: wholeOf(picture), top: shifted ? Math.min(shift, room) : 0, scale };
  const parts = tile
    ? [whole, { of: tile, top: detectorSize - Math.round(tile.height * tileScale), scale: tileScale }]
    : [whole];
  const height = heightFor(parts);
  const data = new Uint8Array(detectorSize * height * 3);
  await Promise.all(
    parts.map(async (part) => {
      const isReady = part === whole && 'whole' in picture;
      place(isReady ? picture.whole : await drawn(picture, part.of, part.scale), part.top, data);
    }),
  );
  return {
    square: { width: detectorSize, height, data },
    inPicture: (candidate) => inPicture(candidate, parts, picture),
  };
}

/** How much of the square is needed: all parts, and a little black under them. */
function heightFor(parts: readonly Part[]): number {
  const last = Math.max(...parts.map(({ top, of, scale }) => top + Math.round(of.height * scale)));
  return Math.min(detectorSize, Math.ceil((last + leastBlack) / detectorStep) * detectorStep);
}

function wholeScale({ width, height }: Pick<Picture, 'width' | 'height'>): number {
  return detectorSize / Math.max(width, height);
}

const wholeOf = ({ width, height }: Picture): Box => ({ left: 0, top: 0, width, height });

/** A part of a picture at a scale. */
async function drawn(
  { width, height, data }: Picture,
  of: Box,
  scale = wholeScale({ width, height }),
): Promise<Picture> {
  const size = [
    Math.max(1, Math.round(of.width * scale)),
    Math.max(1, Math.round(of.height * scale)),
  ] as const;
  const { data: pixels, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .extract(of)
    .resize(...size, { fit: 'fill', kernel: 'linear' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: pixels };
}

/** Copies a picture into the detector's square, so far down. */
function place({ width, height, data }: Picture, top: number, square: Uint8Array): void {
  const row = width * 3;
  for (let y = 0; y < height; y++) {
    square.set(data.subarray(y * row, (y + 1) * row), (top + y) * detectorSize * 3);
  }
}

function inPicture(candidate: Candidate, parts: readonly Part[], picture: Picture): Candidate | undefined {
  const { box, confidence } = candidate;
  const middle = box.top + box.height / 2;
  const part = parts.findLast(({ top }) => middle >= top) ?? parts[0]!;
  const [first, last] = [part.top, part.top + part.of.height * part.scale];
  if (parts.length > 1) {
    const inside = Math.min(last, box.top + box.height) - Math.max(first, box.top);
    if (inside < leastInside * box.height) return undefined;
  }
  const found = {
    left: part.of.left + box.left / part.scale,
    top: part.of.top + (box.top - part.top) / part.scale,
    width: box.width / part.scale,
    height: box.height / part.scale,
  };
  return part === parts[0] || isWhole(found, part.of, picture) ? { box: found, confidence } : undefined;
}

/** Whether a tile does not cut a box. Where the picture ends too, the whole one cuts it as well. */
function isWhole(box: Box, tile: Box, { width, height }: Picture): boolean {
  const least = rim * tile.height;
  const [right, bottom] = [tile.left + tile.width, tile.top + tile.height];
  return (
    (tile.left === 0 || box.left - tile.left >= least) &&
    (tile.top === 0 || box.top - tile.top >= least) &&
    (right === width || right - box.left - box.width >= least) &&
    (bottom === height || bottom - box.top - box.height >= least)
  );
}
