import type { Key, Table } from '../stores/table.ts';
import { undoSpan } from '../undo-span.ts';

/** A piece of music. Storage holds it; `fileIds` are a cache. */
export interface Song {
  /**
   * Made of its sound, so that the same music is one song, however it comes (`song-id.ts`); a carol has a name of its
   * own.
   */
  readonly id: string;
  readonly title: string;
  readonly performer?: string;
  /** Seconds. */
  readonly duration?: number;
  /** The object's key in the bucket. */
  readonly key: string;
  readonly fileName: string;
  readonly contentType: string;
  /** A carol is played for a guest without a song of their own. */
  readonly carol: boolean;
  /** What is stored is not the very file that somebody sent: something in it had to go. */
  readonly changed?: true;
  /** It could not be sent at the door, and the host was told. */
  readonly failed?: true;
  /** Telegram's `file_id` for this song, by bot: another bot cannot use it. */
  readonly fileIds?: Readonly<Record<string, string>>;
}

interface SongItem extends Song {
  /** What it was called before it was last renamed. */
  readonly formerTitle?: string;
  readonly formerPerformer?: string;
  /** When it was taken off the list, milliseconds since 1970. */
  readonly removedAt?: number;
}

const pk = 'SONGS';
const songKey = (id: string): Key => ({ pk, sk: `song#${id}` });
const present = 'attribute_exists(#pk) AND attribute_not_exists(#removedAt)';

/**
 * The songs: guests' own and carols. One that is removed plays nowhere and is on no list, as if it were gone, but can be
 * restored for a day; guests who had it have it again then.
 */
export class Songs {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async put(song: Song): Promise<void> {
    await this.#table.put({ ...songKey(song.id), ...song });
  }

  async get(id: string): Promise<Song | undefined> {
    const song = await this.#table.get<SongItem>(songKey(id));
    return song?.removedAt === undefined ? song : undefined;
  }

  /** One that is removed and can still be restored. */
  async removed(id: string): Promise<Song | undefined> {
    const song = await this.#table.get<SongItem>(songKey(id));
    return song?.removedAt === undefined ? undefined : song;
  }

  /** The guests' songs, in the order of performers and titles. */
  async list(): Promise<Song[]> {
    return (await this.#present()).filter((song) => !song.carol).sort(byPerformer);
  }

  /** The carols, in the order of their ids. */
  async carols(): Promise<Song[]> {
    return (await this.#present()).filter((song) => song.carol);
  }

  /** All songs and carols, and those too that are removed and can still be restored. */
  async all(): Promise<Song[]> {
    return this.#table.query<SongItem>(pk, 'song#');
  }

  /**
   * Remembers under which `file_id` a bot has sent a song, so that it need not be uploaded again: unless it was renamed
   * meanwhile, for Telegram shows that file under the title of before.
   *
   * @param song as it was sent
   */
  async rememberFileId({ id, title, performer = '' }: Song, botId: number, fileId: string): Promise<void> {
    const song = await this.get(id);
    if (!song) return;
    const fileIds = { ...song.fileIds, [String(botId)]: fileId };
    const sameName =
      performer === ''
        ? '#title = :title AND (attribute_not_exists(#performer) OR #performer = :performer)'
        : '#title = :title AND #performer = :performer';
    const values = { fileIds, title, performer };
    await this.#table.update(songKey(id), 'SET #fileIds = :fileIds', values, sameName);
  }

  /**
   * Remembers that a song could not be sent when it should have been.
   *
   * @returns true the first time
   */
  async firstFailure(id: string): Promise<boolean> {
    const condition = 'attribute_exists(#pk) AND attribute_not_exists(#failed)';
    return (
      (await this.#table.update(songKey(id), 'SET #failed = :failed', { failed: true }, condition)) !==
      undefined
    );
  }

  /**
   * Gives it another title. The `file_id`s go: under them Telegram sends it with the title of before.
   *
   * @returns the song as it is now; undefined when there is none
   */
  async rename(
    id: string,
    { title, performer = '' }: Pick<Song, 'title' | 'performer'>,
  ): Promise<Song | undefined> {
    const song = await this.get(id);
    if (!song) return undefined;
    return this.#table.update<Song>(
      songKey(id),
      'SET #title = :title, #performer = :performer, #formerTitle = :formerTitle, ' +
        '#formerPerformer = :formerPerformer REMOVE #fileIds',
      { title, performer, formerTitle: song.title, formerPerformer: song.performer ?? '' },
      present,
    );
  }

  /** Gives it the title of before the last {@link rename}. @returns undefined when there is none */
  async nameBack(id: string): Promise<Song | undefined> {
    return this.#table.update<Song>(
      songKey(id),
      'SET #title = #formerTitle, #performer = #formerPerformer REMOVE #formerTitle, #formerPerformer, #fileIds',
      {},
      `${present} AND attribute_exists(#formerTitle)`,
    );
  }

  /**
   * Takes it off the list.
   *
   * @param removedAt now, milliseconds since 1970
   * @returns the song; undefined when it is not there (any more)
   */
  async remove(id: string, removedAt: number): Promise<Song | undefined> {
    return this.#table.update<Song>(songKey(id), 'SET #removedAt = :removedAt', { removedAt }, present);
  }

  /** Puts a removed one back on the list. @returns the song; undefined when it is not removed, or gone for good */
  async restore(id: string): Promise<Song | undefined> {
    return this.#table.update<Song>(
      songKey(id),
      'REMOVE #removedAt',
      {},
      'attribute_exists(#pk) AND attribute_exists(#removedAt)',
    );
  }

  /** Forgets a song for good. What is stored of it is nobody's then, and is swept. */
  async forget(id: string): Promise<void> {
    await this.#table.delete(songKey(id));
  }

  /** Forgets those that were removed too long ago to be restored. @param now milliseconds since 1970 */
  async forgetRemoved(now: number): Promise<void> {
    const before = now - undoSpan;
    for (const { id, removedAt } of await this.#table.query<SongItem>(pk, 'song#'))
      if (removedAt !== undefined && removedAt < before)
        await this.#table.delete(songKey(id), '#removedAt < :before', { before });
  }

  async #present(): Promise<Song[]> {
    const items = await this.#table.query<SongItem>(pk, 'song#');
    return items.filter(({ removedAt }) => removedAt === undefined);
  }
}

/** As people look for it: by performer, and by title where there is none. */
function byPerformer(a: Song, b: Song): number {
  const first = ({ performer, title }: Song): string => performer || title;
  return first(a).localeCompare(first(b)) || a.title.localeCompare(b.title);
}
