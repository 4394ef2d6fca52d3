import { firstCharacters } from '../clean-line.ts';
import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import { type Music, type MusicProblem, musicFile, withoutTags } from './music-file.ts';
import { songId } from './song-id.ts';
import type { Song } from './songs.ts';

/** A music file that somebody sent, as far as its message tells of it. */
export interface NewSong extends Pick<Song, 'title' | 'performer' | 'duration' | 'fileName'> {
  /** What the file itself tells of title, performer and cover must not be shown. */
  readonly dropTags?: boolean;
  /** The file. */
  readonly bytes: Uint8Array;
}

/** What came of a music file. */
export type SongAddition =
  /** It is a song now. `asSent`: the very file that was sent, under its own name, so that it may be sent on. */
  | { readonly outcome: 'added'; readonly song: Song; readonly asSent: boolean }
  /** It was one before, perhaps by another name: the same sound is the same song. */
  | { readonly outcome: 'known'; readonly song: Song }
  /** It had been removed, and is one again, for the guests who had it too. */
  | { readonly outcome: 'restored'; readonly song: Song }
  | { readonly outcome: 'refused'; readonly problem: MusicProblem };

/**
 * Makes a music file one of the guests' songs. What it really is counts, whatever its sender says. What is stored plays:
 * without what stood before the sound, and under a name of its own kind. Safe to repeat. A song that could not be sent at
 * the door, or whose file is gone, is taken anew when it comes again, under the name by which it is known.
 */
export async function addSong(
  { songs, storage }: Pick<Services, 'songs' | 'storage'>,
  { title, performer, duration, fileName, dropTags, bytes: sent }: NewSong,
): Promise<SongAddition> {
  const music = musicFile(sent);
  if ('problem' in music) return { outcome: 'refused', problem: music.problem };
  const id = songId(music);
  const present = await songs.get(id);
  const before = present ?? (await songs.restore(id));
  if (before && !before.failed && (await storage.has(before.key)))
    return { outcome: present ? 'known' : 'restored', song: before };
  const { contentType } = music;
  const bytes = dropTags ? withoutTags(music) : music.bytes;
  const unchanged = bytes === sent;
  const key = storageKey.song(id);
  await storage.put(key, bytes, contentType);
  const known = before ? { title: before.title, performer: before.performer } : { title, performer };
  const song: Song = {
    id,
    title: known.title,
    ...(known.performer && { performer: known.performer }),
    ...(duration !== undefined && { duration }),
    ...(!unchanged && { changed: true as const }),
    key,
    fileName: named(fileName, music),
    contentType,
    carol: false,
  };
  await songs.put(song);
  const sameName = known.title === title && (known.performer ?? '') === (performer ?? '');
  return { outcome: 'added', song, asSent: unchanged && sameName };
}

const extensions = { 'audio/mpeg': /\.mp3$/i, 'audio/mp4': /\.m4[ab]$/i } as const;

/** A file's name is no longer for its new ending than the 100 characters that it may have. */
const longestStem = 96;

/** Telegram goes by the name as well: `.mp3` or `.m4a`, as the content is. */
function named(fileName: string, { contentType }: Music): string {
  if (extensions[contentType].test(fileName)) return fileName;
  const stem = firstCharacters(fileName.replace(/\.\w{1,5}$/, ''), longestStem);
  return `${stem}.${contentType === 'audio/mpeg' ? 'mp3' : 'm4a'}`;
}
