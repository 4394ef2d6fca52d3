import { type Clock, expiry, hour } from '../clock.ts';
import type { Key, Table } from '../stores/table.ts';
import type { AlbumFace } from './album-people.ts';

/** What was found in a photo of an album. */
export interface FacesOfPhoto {
  /** The photo's message. */
  readonly messageId: number;
  readonly faces: readonly AlbumFace[];
  /** How many faces more it shows, that will not do. */
  readonly unclear: number;
  /** The names that stood under it. */
  readonly names: readonly string[];
}

interface PhotoItem extends FacesOfPhoto {
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** An album's photos come within seconds; what waits to be named waits as long. */
const keptFor = hour;
const prefix = 'faces#';
const keyOf = (albumId: string, sk: string): Key => ({ pk: `ALBUM#${albumId}`, sk });

/**
 * The faces of each album, one item a photo, by which it is seen whether an album is of one person: its photos come one
 * by one, with no mark on the last.
 */
export class AlbumFaces {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** A photo that comes again writes the same once more. */
  async note(albumId: string, photo: FacesOfPhoto): Promise<void> {
    const key = keyOf(albumId, `${prefix}${String(photo.messageId).padStart(12, '0')}`);
    await this.#table.put({ ...key, ...photo, expiresAt: expiry(this.#now(), keptFor) });
  }

  /** In the order in which the photos stand in the chat. */
  async list(albumId: string): Promise<FacesOfPhoto[]> {
    const items = await this.#table.query<PhotoItem>(`ALBUM#${albumId}`, prefix);
    return items.filter(({ expiresAt }) => expiresAt * 1000 > this.#now());
  }

  /** From now on whoever is in the album is named one by one. */
  async setOfSeveral(albumId: string): Promise<void> {
    await this.#table.put({ ...keyOf(albumId, 'several'), expiresAt: expiry(this.#now(), keptFor) });
  }

  async isOfSeveral(albumId: string): Promise<boolean> {
    const item = await this.#table.get<Pick<PhotoItem, 'expiresAt'>>(keyOf(albumId, 'several'));
    return item !== undefined && item.expiresAt * 1000 > this.#now();
  }
}
