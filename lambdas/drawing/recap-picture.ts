import sharp, { type OverlayOptions } from 'sharp';
import type { DrawnGuest, DrawnParty } from './drawn-party.ts';
import { eveningLine } from './evening-line.ts';
import { faceInPicture } from './face-in-picture.ts';
import { fittedText } from './fitted-text.ts';
import { labelOf } from './label.ts';
import type { PixelBox } from './place.ts';
import { recapColour } from './recap-colours.ts';
import { type RecapTile, recapLayout, recapNameLines } from './recap-layout.ts';
import { rect, svg } from './shapes.ts';

/** A recap's picture. */
export interface DrawnRecap {
  readonly jpeg: Uint8Array;
  /** The numbers, from 1, of those guests whose names the font cannot write: a number stands in their places. */
  readonly unwritten: readonly number[];
}

const quality = 88;
/** So many of the camera's pictures are in memory at once: a large one takes 25 MB, decoded. */
const atATime = 4;

/**
 * Who came to a party: the party's name, a line of the evening with a dot for each guest, and each guest as the camera
 * saw them, in the order in which they came, with time and name. Without a picture a guest has the first letter of the
 * name instead, and a name that the font cannot write has a number.
 */
export async function drawRecap(party: DrawnParty): Promise<DrawnRecap> {
  const { guests } = party;
  const layout = recapLayout(guests.length);
  const overlays: OverlayOptions[] = [
    ...(await heading(party, layout)),
    ...(await eveningLine(party, layout.line)),
  ];
  const unwritten: number[] = [];
  for (let from = 0; from < guests.length; from += atATime) {
    const drawn = await Promise.all(
      guests.slice(from, from + atATime).map(async (guest, index) => {
        const number = from + index + 1;
        const label = labelOf(guest.name);
        if (label === undefined) unwritten.push(number);
        return tile(guest, label, number, layout.tiles[number - 1]!);
      }),
    );
    overlays.push(...drawn.flat());
  }
  const { width, height } = layout;
  const jpeg = await sharp({ create: { width, height, channels: 3, background: recapColour.paper } })
    .composite(overlays)
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { jpeg, unwritten: unwritten.sort((a, b) => a - b) };
}

async function heading(
  { names, when }: DrawnParty,
  layout: { readonly name: PixelBox; readonly when: PixelBox },
): Promise<OverlayOptions[]> {
  const name = names.map((one) => labelOf(one)).find((label) => label !== undefined);
  return [
    ...(name ? [await centred(name, layout.name, 48, recapColour.ink)] : []),
    await centred(when, layout.when, 24, recapColour.faint),
  ];
}

async function tile(
  { picture, box, clock }: DrawnGuest,
  label: string | undefined,
  number: number,
  place: RecapTile,
): Promise<OverlayOptions[]> {
  const { face, name, time } = place;
  const seen = await faceInPicture(await picture(), box, face.width);
  return [
    {
      input:
        seen ?? (await inPlaceOfAFace(label === undefined ? String(number) : firstLetter(label), face.width)),
      left: face.left,
      top: face.top,
    },
    await centred(clock, time, time.size, recapColour.faint),
    await centred(label ?? `No. ${number}`, name, name.size, recapColour.ink, recapNameLines),
  ];
}

function firstLetter(label: string): string {
  const [first] = new Intl.Segmenter().segment(label);
  return (first?.segment ?? '').toUpperCase();
}

/** A letter, or a number, on a ground of its own. */
async function inPlaceOfAFace(letter: string, side: number): Promise<Buffer> {
  const place = { left: 0, top: 0, width: side, height: side };
  const text = await fittedText(letter, {
    size: Math.round(side / 2),
    width: side,
    lines: 1,
    colour: recapColour.paper,
  });
  return sharp(svg(place, [rect(place, `fill="${recapColour.noFace}"`, Math.round(side / 12))]))
    .composite([{ input: text.png, ...inTheMiddle(text, place) }])
    .png()
    .toBuffer();
}

async function centred(
  text: string,
  place: PixelBox,
  size: number,
  colour: string,
  lines = 1,
): Promise<OverlayOptions> {
  const written = await fittedText(text, { size, width: place.width, lines, colour });
  const { left } = inTheMiddle(written, place);
  // Names of one line and of two begin at one height; what stands alone is in the middle.
  const top = lines > 1 ? place.top : inTheMiddle(written, place).top;
  return { input: written.png, left, top };
}

function inTheMiddle(
  { width, height }: { readonly width: number; readonly height: number },
  place: PixelBox,
): { readonly left: number; readonly top: number } {
  return {
    left: Math.max(0, Math.round(place.left + (place.width - width) / 2)),
    top: Math.max(0, Math.round(place.top + (place.height - height) / 2)),
  };
}
