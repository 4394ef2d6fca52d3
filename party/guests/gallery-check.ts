import type { Guest, Photo } from './guests.ts';
import { onePerson } from './one-person.ts';

/** A guest with their photos. */
export interface KnownGuest {
  readonly guest: Guest;
  readonly photos: readonly Photo[];
}

/** One photo of a guest. */
export interface PhotoOf {
  readonly guestId: string;
  readonly photoId: string;
}

/** Two guests who could be taken for each other. */
export interface Confusion {
  readonly guests: readonly [Guest, Guest];
  /** Of the two photos that are most alike, 0 to 100. */
  readonly similarity: number;
  /** The one photo without which they are told apart, if there is one. */
  readonly blame?: PhotoOf;
}

interface Pair {
  readonly guests: readonly [KnownGuest, KnownGuest];
  readonly links: readonly Likeness[];
}

/** A photo of one guest that is like one of another. */
interface Likeness {
  readonly photoIds: readonly [string, string];
  /** 0 to 100. */
  readonly similarity: number;
}

/**
 * Which guests look so much alike by their photos that one could be taken for the other: twins, or a photo under a wrong
 * name. It goes by what was seen when each photo was taken in, so it asks nothing of anybody.
 *
 * @returns the most alike first
 */
export function galleryCheck(known: readonly KnownGuest[]): Confusion[] {
  const pairs = known.flatMap((one, index) =>
    known
      .slice(index + 1)
      .map((other) => ({ guests: [one, other] as const, links: likenesses(one, other, onePerson) })),
  );
  return pairs
    .filter((pair) => pair.links.length > 0)
    .map((pair) => {
      const blame = toBlame(pair);
      return {
        guests: [pair.guests[0].guest, pair.guests[1].guest] as const,
        similarity: Math.max(...pair.links.map(({ similarity }) => similarity)),
        ...(blame && { blame }),
      };
    })
    .sort((a, b) => b.similarity - a.similarity);
}

/** Their photos that are alike by so much (0 to 100) or more: whichever came later has seen the other. */
export function likenesses(one: KnownGuest, other: KnownGuest, from: number): Likeness[] {
  return one.photos.flatMap((first) =>
    other.photos.flatMap((second) => {
      const similarity = seen(first, second) ?? seen(second, first);
      return similarity === undefined || similarity < from
        ? []
        : [{ photoIds: [first.photoId, second.photoId] as const, similarity }];
    }),
  );
}

const seen = (later: Photo, earlier: Photo): number | undefined =>
  later.like?.find(({ faceId }) => earlier.faceIds.includes(faceId))?.similarity;

/** A photo that all of it hangs on, of a guest who has others: who has more of them loses less. */
function toBlame({ guests, links }: Pair): PhotoOf | undefined {
  const sides = [0, 1] as const;
  const [best] = sides
    .filter((side) => guests[side].photos.length > 1)
    .filter((side) => new Set(links.map(({ photoIds }) => photoIds[side])).size === 1)
    .sort((a, b) => guests[b].photos.length - guests[a].photos.length);
  if (best === undefined) return undefined;
  return { guestId: guests[best].guest.id, photoId: links[0]!.photoIds[best] };
}
