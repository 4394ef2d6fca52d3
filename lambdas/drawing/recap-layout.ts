import { lineHeight } from './fitted-text.ts';
import type { PixelBox, Size } from './place.ts';

/** Where everything of a recap's picture is, in pixels. */
export interface RecapLayout extends Size {
  /** The party's name, and below it when it was. */
  readonly name: PixelBox;
  readonly when: PixelBox;
  /** The line of the evening: a dot for each guest. */
  readonly line: PixelBox;
  /** A guest's place each, in the order in which they came. */
  readonly tiles: readonly RecapTile[];
}

/** A guest's place: the face, and below it name and time. */
export interface RecapTile {
  readonly face: PixelBox;
  readonly name: PixelBox & { readonly size: number };
  readonly time: PixelBox & { readonly size: number };
}

/** Pixels on the longest side: what Telegram makes of any photo that is larger. */
const longestSide = 1280;
const margin = 40;
/** Above the guests: the party's name, when it was, and the line of the evening. */
const head = { name: 64, when: 34, line: 70, gap: 12 } as const;
const headHeight = head.name + head.when + head.line + 3 * head.gap;
/** One guest alone need not fill the picture, and of many each is still to be known. */
const largestFace = 480;
const smallestFace = 96;
/** A name has two lines. */
const nameLines = 2;

/**
 * Lays out a recap of so many guests: in as many columns as make the faces as large as they can be within 1280 pixels; of
 * more guests than that has room for, the picture is longer.
 */
export function recapLayout(guests: number): RecapLayout {
  const { columns, side } = bestColumns(guests);
  const { across, down, height: tileHeight } = measures(side);
  const rows = Math.ceil(guests / columns);
  const tiles = Array.from({ length: guests }, (_, index): RecapTile => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, guests - row * columns);
    // A last row that is not full stands in the middle.
    const rowWidth = inRow * side + (inRow - 1) * across;
    const left = Math.round((longestSide - rowWidth) / 2 + (index % columns) * (side + across));
    const top = Math.round(margin + headHeight + row * (tileHeight + down));
    return tileAt(left, top, side);
  });
  const width = longestSide - 2 * margin;
  return {
    width: longestSide,
    height: Math.round(2 * margin + headHeight + rows * tileHeight + Math.max(0, rows - 1) * down),
    name: { left: margin, top: margin, width, height: head.name },
    when: { left: margin, top: margin + head.name + head.gap, width, height: head.when },
    line: {
      left: margin,
      top: margin + head.name + head.when + 2 * head.gap,
      width,
      height: head.line,
    },
    tiles,
  };
}

/** How many columns make the faces largest, and how large that is. */
function bestColumns(guests: number): { readonly columns: number; readonly side: number } {
  const [wide, high] = [longestSide - 2 * margin, longestSide - 2 * margin - headHeight];
  let best = { columns: 1, side: 0 };
  for (let columns = 1; columns <= guests; columns++) {
    const rows = Math.ceil(guests / columns);
    let side = Math.min(largestFace, Math.floor(wide / columns));
    const fits = (): boolean => {
      const { across, down, height } = measures(side);
      return columns * side + (columns - 1) * across <= wide && rows * height + (rows - 1) * down <= high;
    };
    while (side > 1 && !fits()) side--;
    if (side > best.side) best = { columns, side };
  }
  if (best.side >= smallestFace) return best;
  const columns = Math.max(
    1,
    Math.floor((wide + measures(smallestFace).across) / (smallestFace + measures(smallestFace).across)),
  );
  return { columns, side: smallestFace };
}

/** What belongs to a face of that size. */
function measures(side: number) {
  const letters = Math.max(13, Math.min(30, Math.round(side / 8)));
  const times = Math.max(12, Math.round(letters * 0.85));
  const gap = Math.max(4, Math.round(side / 24));
  const nameHeight = Math.ceil(letters * lineHeight * nameLines);
  const timeHeight = Math.ceil(times * lineHeight);
  return {
    ...{ letters, times, gap, nameHeight, timeHeight },
    across: Math.max(10, Math.round(side / 8)),
    down: Math.max(8, Math.round(side / 10)),
    height: side + gap + timeHeight + Math.round(gap / 2) + nameHeight,
  };
}

function tileAt(left: number, top: number, side: number): RecapTile {
  const { letters, times, gap, nameHeight, timeHeight, across } = measures(side);
  // A name may be as wide as what is free round its face.
  const spare = Math.floor(across / 2) - 2;
  const words = { left: left - spare, width: side + 2 * spare };
  const timeTop = top + side + gap;
  return {
    face: { left, top, width: side, height: side },
    time: { ...words, top: timeTop, height: timeHeight, size: times },
    name: { ...words, top: timeTop + timeHeight + Math.round(gap / 2), height: nameHeight, size: letters },
  };
}

export const recapNameLines = nameLines;
