import { second } from '../clock.ts';
import type { RatioBox } from '../record/record.ts';
import type { FaceLook } from './face-looks.ts';

/** A face is unknown when it was usable so often within that time (milliseconds) at one place, and never named. */
export const unknownRule = { looks: 5, window: 3 * second } as const;

/**
 * Whether a look shows somebody whom hosts are to be asked about: it is the latest of enough usable looks at one place,
 * of which none was anybody's. People pass a door in the background, and one frame may miss whom the next one names.
 *
 * @param earlier looks, in any order, those of other places too; a frame that came twice counts once
 * @returns the looks of that face, the best first; undefined when it is none (yet)
 */
export function unknownFaceAt(look: FaceLook, earlier: readonly FaceLook[]): FaceLook[] | undefined {
  if (look.is !== 'unknown') return undefined;
  const there = [...earlier, look].filter(
    ({ time, box }) => Math.abs(look.time - time) <= unknownRule.window && isSamePlace(box, look.box),
  );
  if (there.some(({ is }) => is !== 'unknown')) return undefined;
  const ofFrames = new Map(there.map((one) => [one.time, one]));
  if (ofFrames.size < unknownRule.looks) return undefined;
  return [...ofFrames.values()].sort((a, b) => b.goodness - a.goodness);
}

/** Within a face's size of each other. */
export function isSamePlace(a: RatioBox, b: RatioBox): boolean {
  return (
    Math.abs(middle(a.left, a.width) - middle(b.left, b.width)) <= Math.max(a.width, b.width) &&
    Math.abs(middle(a.top, a.height) - middle(b.top, b.height)) <= Math.max(a.height, b.height)
  );
}

const middle = (begin: number, length: number): number => begin + length / 2;
