import { type Guest, namesakes } from '../guests/guests.ts';
import type { Services } from '../services.ts';
import type { Song } from './songs.ts';

type GivingServices = Pick<Services, 'guests' | 'songs'>;

/** What came of giving a song to a guest. */
export type SongGift =
  | {
      readonly outcome: 'given';
      readonly song: Song;
      readonly guest: Guest;
      /** The song of before, to which it can be put back; undefined for a carol. */
      readonly before: string | undefined;
    }
  /** The song or the guest is no longer there. */
  | { readonly outcome: 'gone' };

/** Makes a song the one that plays when a guest arrives, in place of any other. */
export async function giveSong(
  { guests, songs }: GivingServices,
  { songId, guestId }: { readonly songId: string; readonly guestId: string },
): Promise<SongGift> {
  const [song, was] = await Promise.all([songs.get(songId), guests.get(guestId)]);
  const guest = song && (await guests.setSong(guestId, songId));
  return guest ? { outcome: 'given', song, guest, before: was?.songId } : { outcome: 'gone' };
}

/** What came of taking a guest's song away. */
export type CarolGift =
  | { readonly outcome: 'given'; readonly guest: Guest; readonly before: string | undefined }
  | { readonly outcome: 'gone' };

/** Lets a carol play when a guest arrives, in place of a song. */
export async function giveCarol({ guests }: Pick<Services, 'guests'>, guestId: string): Promise<CarolGift> {
  const was = await guests.get(guestId);
  const guest = was && (await guests.setSong(guestId, undefined));
  return guest ? { outcome: 'given', guest, before: was.songId } : { outcome: 'gone' };
}

/** Whose a song is by what its sender said, or who is to be chosen from. */
export type WhoseSong =
  | { readonly whose: 'guest'; readonly guest: Guest }
  | { readonly whose: 'nobody invited' }
  | {
      readonly whose: 'asked';
      readonly why: 'no name' | 'nobody of that name' | 'several of that name';
      readonly among: readonly Guest[];
    };

/**
 * Whose a song is, by the name that came with it.
 *
 * @param name undefined when none did
 * @param everybody all guests
 */
export function whoseSong(name: string | undefined, everybody: readonly Guest[]): WhoseSong {
  if (everybody.length === 0) return { whose: 'nobody invited' };
  if (name === undefined) return { whose: 'asked', why: 'no name', among: everybody };
  const [first, ...others] = namesakes(name, everybody);
  if (!first) return { whose: 'asked', why: 'nobody of that name', among: everybody };
  if (others.length === 0) return { whose: 'guest', guest: first };
  return { whose: 'asked', why: 'several of that name', among: [first, ...others] };
}

/** Gives a song to the guest whose name came with it, if there is exactly one of that name. */
export async function giveSongByName(
  { guests }: Pick<Services, 'guests'>,
  songId: string,
  name: string | undefined,
): Promise<WhoseSong> {
  const everybody = await guests.list();
  const found = whoseSong(name, everybody);
  // The guest as of before: that song can be put back.
  if (found.whose !== 'guest' || (await guests.setSong(found.guest.id, songId))) return found;
  // That guest was taken off the list meanwhile.
  return whoseSong(
    name,
    everybody.filter(({ id }) => id !== found.guest.id),
  );
}
