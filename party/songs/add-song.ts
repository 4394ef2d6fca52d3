import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import { type MusicProblem, musicFile } from './music-file.ts';
import type { Song } from './songs.ts';

/** A music file that somebody sent, as far as its message tells of it. */
export interface NewSong extends Pick<Song, 'id' | 'title' | 'performer' | 'duration' | 'fileName'> {
  /** Fetches the file. It is not asked for a song that is there already. */
  readonly read: () => Promise<Uint8Array>;
}

/** What came of a music file. */
export type SongAddition =
  /** It is a song now, or was before: the same file again is the same song. */
  { readonly outcome: 'added' } | { readonly outcome: 'refused'; readonly problem: MusicProblem };

/**
 * Makes a music file one of the guests' songs. What it really is counts, whatever its sender says. Safe to repeat.
 *
 * @throws whatever `read` throws
 */
export async function addSong(
  { songs, storage }: Pick<Services, 'songs' | 'storage'>,
  { id, title, performer, duration, fileName, read }: NewSong,
): Promise<SongAddition> {
  if (await songs.get(id)) return { outcome: 'added' };
  const bytes = await read();
  const music = musicFile(bytes);
  if ('problem' in music) return { outcome: 'refused', problem: music.problem };
  const { contentType } = music;
  const key = storageKey.song(id);
  await storage.put(key, bytes, contentType);
  const details = { ...(performer && { performer }), ...(duration !== undefined && { duration }) };
  await songs.put({ id, title, ...details, key, fileName, contentType, carol: false });
  return { outcome: 'added' };
}
