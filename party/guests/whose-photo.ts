import type { Guest } from './guests.ts';

/** A guest of the name that was given. */
export interface Namesake {
  readonly guest: Guest;
  readonly photos: number;
}

/** Whose photo it is, or what has to be asked about it. */
export type WhosePhoto =
  | { readonly whose: 'guest'; readonly guest: Guest }
  | { readonly whose: 'newcomer' }
  /** The face is like that of a guest of another name. */
  | {
      readonly whose: 'asked';
      readonly why: 'looks like another';
      readonly same: Guest;
      readonly other?: Guest;
    }
  /** There is a guest of the name, and the face is not like theirs. */
  | { readonly whose: 'asked'; readonly why: 'looks different'; readonly same: Guest };

/**
 * Whose a photo is, by the name that came with it and by whom the face is like. Where the two do not agree people
 * are asked: a face under the wrong name would be announced by it.
 *
 * @param alike the guests that the face is like, best first
 */
export function whosePhoto(namesakes: readonly Namesake[], alike: readonly Guest[]): WhosePhoto {
  const [best] = alike;
  const [first] = namesakes;
  if (best) {
    if (namesakes.some(({ guest }) => guest.id === best.id)) return { whose: 'guest', guest: best };
    return { whose: 'asked', why: 'looks like another', same: best, ...(first && { other: first.guest }) };
  }
  if (!first) return { whose: 'newcomer' };
  const unseen = namesakes.find(({ photos }) => photos === 0);
  if (unseen) return { whose: 'guest', guest: unseen.guest };
  return { whose: 'asked', why: 'looks different', same: first.guest };
}
