import { forget, type Receipt } from '../forget/forget.ts';
import type { Services } from '../services.ts';
import { type SignUp, SignUps } from './sign-ups.ts';

export type ForgetSignUpServices = Pick<
  Services,
  'table' | 'storage' | 'collection' | 'guests' | 'songs' | 'log'
>;

const nothing = { faces: 0, photos: 0, snapshots: 0, songs: 0, items: 0 };

/**
 * Forgets somebody who added themselves, for good: as a guest, if they are one by now, with faces, photos, arrivals and
 * their pictures; the song that they brought, unless it is somebody else's too; and that they signed up. Safe to repeat.
 */
export async function forgetSignUp(services: ForgetSignUpServices, signUp: SignUp): Promise<Receipt> {
  const { table } = services;
  const signUps = new SignUps(table);
  const guestId = signUp.guestId ?? (await guestOfPhoto(services, signUp.photoId));
  const receipt =
    guestId === undefined
      ? { removed: { ...nothing, items: 1 }, left: nothing }
      : await forget(services, { what: 'guest', guestId });
  const hadSong = await forgetSong(services, signUp.broughtSongId);
  await signUps.remove(signUp.userId);
  const { removed, left } = receipt;
  return {
    removed: { ...removed, songs: removed.songs + (hadSong ? 1 : 0) },
    left: { ...left, items: left.items + ((await signUps.get(signUp.userId)) ? 1 : 0) },
  };
}

/** A welcome may have been cut short: then somebody has that photo already. */
async function guestOfPhoto(
  { guests }: Pick<Services, 'guests'>,
  photoId: string | undefined,
): Promise<string | undefined> {
  if (photoId === undefined) return undefined;
  for (const { id } of await guests.list())
    if ((await guests.photos(id)).some((photo) => photo.photoId === photoId)) return id;
  return undefined;
}

async function forgetSong(
  { songs, guests, storage }: Pick<Services, 'songs' | 'guests' | 'storage'>,
  songId: string | undefined,
): Promise<boolean> {
  const song = songId === undefined ? undefined : await songs.get(songId);
  if (!song || song.carol || (await guests.list()).some((guest) => guest.songId === song.id)) return false;
  await storage.delete(song.key);
  await songs.forget(song.id);
  return true;
}
