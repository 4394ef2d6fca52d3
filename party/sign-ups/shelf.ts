import type { Services } from '../services.ts';
import type { Song } from '../songs/songs.ts';
import { SignUps } from './sign-ups.ts';

/**
 * The songs that somebody who adds themselves can choose from: the house's that are nobody's, and the carols. Guests see
 * nothing of each other, so a song that somebody has, or that another guest brought, is not among them.
 */
export async function songsOnShelf({
  songs,
  guests,
  table,
}: Pick<Services, 'songs' | 'guests' | 'table'>): Promise<Song[]> {
  const [own, carols, everybody, signUps] = await Promise.all([
    songs.list(),
    songs.carols(),
    guests.list(),
    new SignUps(table).list(),
  ]);
  const taken = new Set([
    ...everybody.map(({ songId }) => songId),
    ...signUps.map(({ broughtSongId }) => broughtSongId),
  ]);
  return [...own.filter(({ id }) => !taken.has(id)), ...carols];
}
