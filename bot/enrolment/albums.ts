import { comparable } from '../../party/clean-line.ts';
import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { Key, Table } from '../../party/stores/table.ts';

/**
 * An album's photos come one by one, in any order, with no mark on the last; any of them may carry the name, and so may
 * none.
 */
export interface Album {
  /** Whose photos they are; undefined as long as no name is known, and when there are several. */
  readonly name?: string;
  /** Which of several guests of that name, as people answered. */
  readonly guestId?: string;
}

interface AlbumItem {
  /** As the captions have them. */
  readonly names?: ReadonlySet<string>;
  readonly guestId?: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

interface ToldItem {
  readonly messageId: number;
  readonly expiresAt: number;
}

const keptFor = hour;
const albumKey = (albumId: string, sk = 'album'): Key => ({ pk: `ALBUM#${albumId}`, sk });
const toldKey = (albumId: string, guestId: string): Key => albumKey(albumId, `told#${guestId}`);

/** The albums being collected, by Telegram's `media_group_id`. */
export class Albums {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  async get(albumId: string): Promise<Album> {
    const album = await this.#table.get<AlbumItem>(albumKey(albumId));
    if (!album || this.#isOver(album)) return {};
    const names = new Map([...(album.names ?? [])].map((name) => [comparable(name), name]));
    const [name] = names.values();
    if (name === undefined || names.size > 1) return {};
    return { name, ...(album.guestId && { guestId: album.guestId }) };
  }

  /** A name that stands on one of the photos, or was said of them. */
  async addName(albumId: string, name: string): Promise<void> {
    await this.#table.update(albumKey(albumId), 'ADD #names :names SET #expiresAt = :expiresAt', {
      names: new Set([name]),
      expiresAt: this.#expiry(),
    });
  }

  /** Which guest of that name it is. */
  async setGuest(albumId: string, guestId: string): Promise<void> {
    await this.#table.update(albumKey(albumId), 'SET #guestId = :guestId, #expiresAt = :expiresAt', {
      guestId,
      expiresAt: this.#expiry(),
    });
  }

  /** The message that tells what came of the guest's photos in an album so far: the next photo changes it. */
  async told(albumId: string, guestId: string): Promise<number | undefined> {
    const item = await this.#table.get<ToldItem>(toldKey(albumId, guestId));
    return item && !this.#isOver(item) ? item.messageId : undefined;
  }

  async setTold(albumId: string, guestId: string, messageId: number): Promise<void> {
    await this.#table.put({ ...toldKey(albumId, guestId), messageId, expiresAt: this.#expiry() });
  }

  /** @returns true the first time: what there is to say of an album that is of no use is said once */
  async firstAnswer(albumId: string): Promise<boolean> {
    const item = { ...albumKey(albumId, 'answered'), expiresAt: this.#expiry() };
    return this.#table.put(item, 'attribute_not_exists(#pk)');
  }

  #expiry(): number {
    return expiry(this.#now(), keptFor);
  }

  #isOver({ expiresAt }: { readonly expiresAt: number }): boolean {
    return expiresAt * 1000 <= this.#now();
  }
}
