import type { Key, Table } from '../stores/table.ts';

/** A piece of music. Storage holds it; `fileIds` are a cache. */
export interface Song {
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

const pk = 'SONGS';
const songKey = (id: string): Key => ({ pk, sk: `song#${id}` });

/** The songs: guests' own and carols. */
export class Songs {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async put(song: Song): Promise<void> {
    await this.#table.put({ ...songKey(song.id), ...song });
  }

  async get(id: string): Promise<Song | undefined> {
    return this.#table.get<Song>(songKey(id));
  }

  /** The guests' songs, in the order of their titles. */
  async list(): Promise<Song[]> {
    return (await this.#all()).filter((song) => !song.carol).sort((a, b) => a.title.localeCompare(b.title));
  }

  /** The carols, in the order of their ids. */
  async carols(): Promise<Song[]> {
    return (await this.#all()).filter((song) => song.carol);
  }

  /** Remembers under which `file_id` a bot has sent a song, so that it need not be uploaded again. */
  async rememberFileId(id: string, botId: number, fileId: string): Promise<void> {
    const song = await this.get(id);
    if (!song) return;
    const fileIds = { ...song.fileIds, [String(botId)]: fileId };
    await this.#table.update(songKey(id), 'SET #fileIds = :fileIds', { fileIds }, 'attribute_exists(#pk)');
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

  async remove(id: string): Promise<void> {
    await this.#table.delete(songKey(id));
  }

  #all(): Promise<Song[]> {
    return this.#table.query<Song>(pk, 'song#');
  }
}
