import { comparable } from '../../party/clean-line.ts';
import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Key, Table } from '../../party/stores/table.ts';

/**
 * An album's photos come one by one, in any order, with no mark on the last; any of them may carry the name, and so may
 * none.
 */
export interface Album {
  /** All names that were given, each once. */
  readonly names: readonly string[];
  /** Whose photos they are; undefined as long as no name is known, and when there are several. */
  readonly name?: string;
  /** People were asked about it and have answered; otherwise a name is only what stood on one of the photos. */
  readonly isAnswered?: boolean;
  /** Which of several guests of that name, as people answered. */
  readonly guestId?: string;
}

interface AlbumItem {
  /** As the captions have them. */
  readonly names?: ReadonlySet<string>;
  readonly guestId?: string;
  readonly isAnswered?: boolean;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = hour;
const albumKey = (albumId: string, sk = 'album'): Key => ({ pk: `ALBUM#${albumId}`, sk });

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
    if (!album || this.#isOver(album)) return { names: [] };
    const { isAnswered = false, guestId } = album;
    const names = [
      ...new Map([...(album.names ?? [])].map((name) => [comparable(name), name] as const)).values(),
    ];
    const [name, another] = names;
    if (name === undefined || another !== undefined) return { names, isAnswered };
    return { names, name, isAnswered, ...(guestId && { guestId }) };
  }

  /** A name that stands on one of the photos, or was said of them. */
  async addName(albumId: string, name: string): Promise<void> {
    await this.#table.update(albumKey(albumId), 'ADD #names :names SET #expiresAt = :expiresAt', {
      names: new Set([name]),
      expiresAt: this.#expiry(),
    });
  }

  /** What was asked about it is answered: by a name, a button, or one by one. */
  async setAnswered(albumId: string): Promise<void> {
    await this.#table.update(albumKey(albumId), 'SET #isAnswered = :isAnswered, #expiresAt = :expiresAt', {
      isAnswered: true,
      expiresAt: this.#expiry(),
    });
  }

  /**
   * Which guest it is, as people answered; the guest's name takes the place of the one that was given. Of an album of
   * several names, or of none, nothing is known by that.
   */
  async setGuest(albumId: string, { id: guestId, name }: Pick<Guest, 'id' | 'name'>): Promise<void> {
    if ((await this.get(albumId)).name === undefined) return;
    await this.#table.update(
      albumKey(albumId),
      'SET #guestId = :guestId, #names = :names, #expiresAt = :expiresAt',
      { guestId, names: new Set([name]), expiresAt: this.#expiry() },
    );
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
