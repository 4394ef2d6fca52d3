import { type Clock, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';

/** An album's photos come one by one, and only one of them carries the caption. */
export interface Album {
  /** The guest's, as the caption has it. */
  readonly name: string;
  /** The message that tells what came of the photos so far. */
  readonly messageId?: number;
}

interface AlbumItem extends Album {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = hour;
const albumKey = (albumId: string): Key => ({ pk: `ALBUM#${albumId}`, sk: 'album' });

/** The albums being collected, by Telegram's `media_group_id`. */
export class Albums {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async get(albumId: string): Promise<Album | undefined> {
    const album = await this.#table.get<AlbumItem>(albumKey(albumId));
    return album && album.expiresAt * 1000 > this.#now() ? album : undefined;
  }

  /** Whose photos the album's are. */
  async setName(albumId: string, name: string): Promise<void> {
    const expiresAt = Math.ceil((this.#now() + keptFor) / 1000);
    await this.#table.update(albumKey(albumId), 'SET #name = :name, #expiresAt = :expiresAt', {
      name,
      expiresAt,
    });
  }

  /** Which message tells of the album; the next photo of it changes that message. */
  async setMessage(albumId: string, messageId: number): Promise<void> {
    await this.#table.update(albumKey(albumId), 'SET #messageId = :messageId', { messageId });
  }
}
