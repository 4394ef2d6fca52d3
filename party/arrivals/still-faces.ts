import { second } from '../clock.ts';
import type { RatioBox } from '../record/record.ts';

/*
 * A picture of a guest (a framed photo, a poster, a television) is a face like any other. What tells it from the guest is
 * that it is there when the party begins, and does not move against its background: nobody stands that still. So a face
 * that is there in the first moments of a party is no arrival until it is seen elsewhere, or in another size. A face that
 * comes later on a background that was watched before has walked in, and counts at once.
 */

/** A face that is there so soon after the door was watched first is one that was there before; milliseconds. */
export const firstMoments = 1.5 * second;

/**
 * How far a face may be off its place, as a share of its size, and still be at it. Detectors waver by some percent; a
 * head that is held still moves by more within seconds.
 */
const waver = 0.12;

/** What nobody knows by name and was not seen at its place for so long has left it; milliseconds. */
const leftAfter = 10 * second;

/** A face of a frame. */
export interface PlacedFace {
  readonly box: RatioBox;
  /** The guest whom it is taken for; absent for everybody else. */
  readonly guestId?: string | undefined;
}

/** What is known of the faces that were there when the door was watched first. */
export interface StillFaces {
  /** When it was watched first in this party, milliseconds since 1970; undefined before that. */
  readonly since?: number;
  /** Where a guest's face was then, and is a picture as long as it stays there. */
  readonly guests: ReadonlyMap<string, RatioBox>;
  /** The same of faces that nobody was known by, with when they were there last. */
  readonly others: ReadonlyArray<{ readonly box: RatioBox; readonly seen: number }>;
}

/** Before the first frame of a party. */
export const nothingWatched: StillFaces = { guests: new Map(), others: [] };

/**
 * Takes the next frame.
 *
 * @param time the frame's, milliseconds since 1970
 * @returns what is known then; and which of the frame's faces are still where they were, by their place in the list
 */
export function watchStillFaces(
  known: StillFaces,
  time: number,
  faces: readonly PlacedFace[],
): { readonly known: StillFaces; readonly still: ReadonlySet<number> } {
  const since = Math.min(known.since ?? time, time);
  const isBegin = time - since <= firstMoments;
  const guests = new Map(known.guests);
  let others = known.others.filter(({ seen }) => time - seen <= leftAfter);
  const still = new Set<number>();
  for (const [index, { box, guestId }] of faces.entries()) {
    const place = others.find((other) => hasStayed(other.box, box));
    const own = guestId === undefined ? undefined : guests.get(guestId);
    if (guestId === undefined) {
      if (place) others = others.map((other) => (other === place ? { ...other, seen: time } : other));
      else if (isBegin) others = [...others, { box, seen: time }];
    } else if (own) {
      if (hasStayed(own, box)) still.add(index);
    } else if (place || isBegin) {
      // One that hung there since the beginning, and is taken for a guest only now.
      guests.set(guestId, place?.box ?? box);
      still.add(index);
    }
  }
  return { known: { since, guests, others }, still };
}

/** Whether a face is where another was, and as large. */
export function hasStayed(one: RatioBox, other: RatioBox): boolean {
  const middle = (from: number, size: number): number => from + size / 2;
  const isNear = (off: number, size: number): boolean => Math.abs(off) <= waver * size;
  const isAsLarge = (a: number, b: number): boolean => Math.max(a, b) <= (1 + waver) * Math.min(a, b);
  return (
    isNear(middle(one.left, one.width) - middle(other.left, other.width), one.width) &&
    isNear(middle(one.top, one.height) - middle(other.top, other.height), one.height) &&
    isAsLarge(one.width, other.width) &&
    isAsLarge(one.height, other.height)
  );
}
