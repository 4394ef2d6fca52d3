import type { OverlayOptions } from 'sharp';
import type { DrawnParty } from './drawn-party.ts';
import { fittedText } from './fitted-text.ts';
import type { PixelBox } from './place.ts';
import { recapColour } from './recap-colours.ts';
import { svg } from './shapes.ts';

/** Pixels. */
const stroke = 6;
const largestDot = 11;
const smallestDot = 6;
const letters = 20;
/** So that the first and the last dot are whole, and the times stand below the ends. */
const inset = 36;

/** The line of an evening: from the party's start to its end, with a dot where each guest came. */
export async function eveningLine(
  { from, to, guests }: Pick<DrawnParty, 'from' | 'to' | 'guests'>,
  place: PixelBox,
): Promise<OverlayOptions[]> {
  const [first, last] = [inset, place.width - inset];
  // Of many, each is still to be seen.
  const dot = Math.max(smallestDot, largestDot - Math.floor(guests.length / 12));
  const y = largestDot + 4;
  const span = Math.max(1, to.time - from.time);
  const at = (time: number): number =>
    Math.round(first + (last - first) * Math.min(1, Math.max(0, (time - from.time) / span)));
  const drawing = svg(place, [
    `<line x1="${first}" y1="${y}" x2="${last}" y2="${y}" stroke="${recapColour.line}" stroke-width="${stroke}" stroke-linecap="round"/>`,
    ...guests.map(
      ({ time }) =>
        `<circle cx="${at(time)}" cy="${y}" r="${dot}" fill="${recapColour.dot}" fill-opacity="0.75" stroke="${recapColour.paper}" stroke-width="2"/>`,
    ),
  ]);
  const ends = await Promise.all(
    [
      { clock: from.clock, x: first },
      { clock: to.clock, x: last },
    ].map(async ({ clock, x }): Promise<OverlayOptions> => {
      const text = await fittedText(clock, {
        size: letters,
        width: 2 * inset,
        lines: 1,
        colour: recapColour.faint,
      });
      const left = place.left + Math.round(x - text.width / 2);
      return { input: text.png, left: Math.max(0, left), top: place.top + y + largestDot + 8 };
    }),
  );
  return [{ input: drawing, left: place.left, top: place.top }, ...ends];
}
