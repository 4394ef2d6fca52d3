import type { Guest, Guests } from './guests.ts';

/** Whom a photo or a face is said to be of. */
export interface Attribution {
  readonly name: string;
  /** What people answered when they were asked: a guest, or somebody new of that name. */
  readonly answer?: { readonly guestId: string } | 'newcomer';
}

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

/** The guests whom a name may mean, with how many photos each has: the one that was answered, or all of that name. */
export async function namesakesOf(
  guests: Pick<Guests, 'get' | 'named' | 'photos'>,
  { name, answer }: Attribution,
): Promise<Namesake[]> {
  if (answer === 'newcomer') return [];
  const answered = answer && (await guests.get(answer.guestId));
  const found = answered ? [answered] : await guests.named(name);
  return Promise.all(found.map(async (guest) => ({ guest, photos: (await guests.photos(guest.id)).length })));
}

/** Whose a photo is when people were asked; whoever they said may be gone by now, and is somebody new then. */
export function asAnswered(
  answer: NonNullable<Attribution['answer']>,
  namesakes: readonly Namesake[],
): Exclude<WhosePhoto, { whose: 'asked' }> {
  const guest = answer === 'newcomer' ? undefined : namesakes[0]?.guest;
  return guest ? { whose: 'guest', guest } : { whose: 'newcomer' };
}
