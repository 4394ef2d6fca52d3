import { firstCharacters } from '../clean-line.ts';
import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import { type Music, type MusicProblem, musicFile, withoutTags } from './music-file.ts';
import type { Song } from './songs.ts';

/** A music file that somebody sent, as far as its message tells of it. */
export interface NewSong extends Pick<Song, 'id' | 'title' | 'performer' | 'duration' | 'fileName'> {
  /** What the file itself tells of title, performer and cover must not be shown. */
  readonly dropTags?: boolean;
  /** Fetches the file. It is not asked for a song that is there already. */
  readonly read: () => Promise<Uint8Array>;
}

/** What came of a music file. */
export type SongAddition =
  /**
   * It is a song now, or was before: the same file again is the same song. `asSent`: the very file that was sent, so that
   * it may be sent on.
   */
  | { readonly outcome: 'added'; readonly asSent: boolean }
  | { readonly outcome: 'refused'; readonly problem: MusicProblem };

/**
 * Makes a music file one of the guests' songs. What it really is counts, whatever its sender says. What is stored plays:
 * without what stood before the sound, and under a name of its own kind. Safe to repeat. A song that could not be sent at
 * the door, or whose file is gone, is taken anew when it comes again.
 *
 * @throws whatever `read` throws
 */
export async function addSong(
  { songs, storage }: Pick<Services, 'songs' | 'storage'>,
  { id, title, performer, duration, fileName, dropTags, read }: NewSong,
): Promise<SongAddition> {
  const before = await songs.get(id);
  if (before && !before.failed && (await storage.has(before.key)))
    return { outcome: 'added', asSent: !before.changed };
  const sent = await read();
  const music = musicFile(sent);
  if ('problem' in music) return { outcome: 'refused', problem: music.problem };
  const { contentType } = music;
  const bytes = dropTags ? withoutTags(music) : music.bytes;
  const asSent = bytes === sent;
  const key = storageKey.song(id);
  await storage.put(key, bytes, contentType);
  const details = {
    ...(performer && { performer }),
    ...(duration !== undefined && { duration }),
    ...(!asSent && { changed: true as const }),
  };
  await songs.put({
    id,
    title,
    ...details,
    key,
    fileName: named(fileName, music),
    contentType,
    carol: false,
  });
  return { outcome: 'added', asSent };
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
