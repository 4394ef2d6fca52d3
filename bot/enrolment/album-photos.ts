import { type Clock, expiry, hour } from '../../party/clock.ts';
import type { PhotoAdvice } from '../../party/guests/photo-advice.ts';
import type { Key, Table } from '../../party/stores/table.ts';

/** What came of one photo of an album; `messageId` is the photo's own. */
export type AlbumPhoto =
  | {
      readonly messageId: number;
      readonly outcome: 'enrolled';
      readonly guestId: string;
      readonly name: string;
      /** Under which the photo is kept, and whether the guest was made by it; absent before that was noted. */
      readonly photoId?: string;
      readonly isNew?: boolean;
      /** How many photos the guest had then. */
      readonly photos: number;
      readonly advice: readonly PhotoAdvice[];
    }
  | { readonly messageId: number; readonly outcome: 'known'; readonly guestId: string; readonly name: string }
  | {
      readonly messageId: number;
      readonly outcome: 'refused';
      readonly why: string;
      readonly guestId?: undefined;
    }
  /** The album is of several people, and whoever this photo shows is asked about with the others. */
  | { readonly messageId: number; readonly outcome: 'in group'; readonly guestId?: undefined };

interface ReportItem {
  readonly messageId: number;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

const keptFor = 48 * hour;
const prefix = 'photo#';
const keyOf = (albumId: string, sk: string): Key => ({ pk: `ALBUM#${albumId}`, sk });

/** What came of the photos of each album, one item a photo, and the message that tells it. */
export class AlbumPhotos {
  readonly #table: Table;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#now = now;
  }

  /** A photo that comes again is this guest's already, and that is what came of it before: the first word stays. */
  async note(albumId: string, photo: AlbumPhoto): Promise<void> {
    const key = keyOf(albumId, `${prefix}${String(photo.messageId).padStart(12, '0')}`);
    const item = { ...key, ...photo, expiresAt: expiry(this.#now(), keptFor) };
    if (photo.outcome !== 'known') await this.#table.put(item);
    else
      await this.#table.put(item, 'attribute_not_exists(#pk) OR #outcome <> :enrolled', {
        enrolled: 'enrolled',
      });
  }

  /** In the order in which they stand in the chat. */
  async list(albumId: string): Promise<AlbumPhoto[]> {
    return this.#table.query<AlbumPhoto>(`ALBUM#${albumId}`, prefix);
  }

  /** The message that tells what came of the album so far: the next photo changes it. */
  async reportId(albumId: string): Promise<number | undefined> {
    const item = await this.#table.get<ReportItem>(keyOf(albumId, 'report'));
    return item && item.expiresAt * 1000 > this.#now() ? item.messageId : undefined;
  }

  async setReportId(albumId: string, messageId: number): Promise<void> {
    const expiresAt = expiry(this.#now(), keptFor);
    await this.#table.put({ ...keyOf(albumId, 'report'), messageId, expiresAt });
  }
}
