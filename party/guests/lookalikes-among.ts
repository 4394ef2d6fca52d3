import { type KnownGuest, likenesses } from './gallery-check.ts';

/**
 * From this similarity of two photos on, two guests look like each other: below what is one person's, for a look at the
 * door may come nearer than the photos are. On this machine it is the distance 0.52, within which 185 of 123,750 pairs of
 * different adults lie (`docs/recognition.md`).
 */
export const lookAlikeFrom = 70;

/** Which guests look like each other by their photos: the others' ids, in the order of the list, by each guest's. */
export function lookalikesAmong(known: readonly KnownGuest[]): Map<string, string[]> {
  const alike = (one: KnownGuest, other: KnownGuest): boolean =>
    one !== other && likenesses(one, other, lookAlikeFrom).length > 0;
  return new Map(
    known.map((one) => [
      one.guest.id,
      known.filter((other) => alike(one, other)).map(({ guest }) => guest.id),
    ]),
  );
}
