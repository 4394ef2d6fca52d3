import { type Clock, day, hour, second } from '../clock.ts';
import { Recent } from '../recent.ts';
import type { Key, Table } from '../stores/table.ts';

/** What hosts can set, and what it is while nobody has. Spans are milliseconds. */
export interface HouseSettings {
  /** In which people read and write times, by its IANA name; undefined where nobody knows it, and UTC it is then. */
  readonly timeZone?: string;
  /** A party lasts so long when its start says no end. */
  readonly partyLength: number;
  /** Pictures of the door are deleted after so long. */
  readonly snapshotsKept: number;
  /**
   * Photos of guests, and their faces, are deleted so long after the last party they were there for; undefined: never.
   */
  readonly photosKept?: number;
  /** Whether hosts are asked about faces at the door that nobody has named. */
  readonly unknownFaces: boolean;
  /** When `photosKept` was set, milliseconds since 1970. */
  readonly photosKeptSince?: number;
  /** The party after which photos were deleted last, by its id. */
  readonly photosGoneAfter?: string;
}

/** What of it hosts choose. `photosKept` is 0 for never. */
export type SettingsChange = Partial<
  Pick<HouseSettings, 'timeZone' | 'partyLength' | 'snapshotsKept' | 'photosKept' | 'unknownFaces'>
>;

/** As long as the bucket on AWS keeps them at most (`infra/bucket.ts`): enough for a recap the next day. */
export const longestSnapshotsKept = 7 * day;

const defaults = { partyLength: 4 * hour, snapshotsKept: longestSnapshotsKept, unknownFaces: true } as const;

/** Messages with a time are written many times a minute; a change that another process made shows so much later. */
const recentFor = 10 * second;

const key: Key = { pk: 'SETTINGS', sk: 'house' };

/** The one set of settings of a house. */
export class Settings {
  readonly #table: Table;
  readonly #now: Clock;
  readonly #timeZone: string | undefined;
  readonly #recent: Recent<HouseSettings>;

  /** @param timeZone the deployment's, which stands until a host says another one; undefined where nobody knows it */
  constructor(table: Table, now: Clock, timeZone: string | undefined) {
    this.#table = table;
    this.#now = now;
    this.#timeZone = timeZone;
    this.#recent = new Recent(now, 1);
  }

  /** As they are, or were a few seconds ago. */
  async read(): Promise<HouseSettings> {
    return this.#recent.get(key.sk)?.answer ?? this.readNow();
  }

  /** As they are. */
  async readNow(): Promise<HouseSettings> {
    return this.#keep(await this.#table.get<Partial<HouseSettings>>(key));
  }

  /** @returns the settings as they are then */
  async change(change: SettingsChange): Promise<HouseSettings> {
    const values = {
      ...change,
      ...(change.photosKept !== undefined && { photosKeptSince: this.#now() }),
    };
    const set = Object.keys(values).map((name) => `#${name} = :${name}`);
    return this.#keep(await this.#table.update<Partial<HouseSettings>>(key, `SET ${set.join(', ')}`, values));
  }

  /** Notes that after a party no photos of before are there any more. */
  async photosGone(partyId: string): Promise<void> {
    await this.#table.update(key, 'SET #photosGoneAfter = :partyId', { partyId });
  }

  #keep({
    photosKept,
    timeZone = this.#timeZone,
    partyLength = defaults.partyLength,
    snapshotsKept = defaults.snapshotsKept,
    unknownFaces = defaults.unknownFaces,
    photosKeptSince,
    photosGoneAfter,
  }: Partial<HouseSettings> = {}): HouseSettings {
    const settings: HouseSettings = {
      ...(timeZone !== undefined && { timeZone }),
      ...{ partyLength, snapshotsKept, unknownFaces },
      ...(photosKept && { photosKept }),
      ...(photosKeptSince !== undefined && { photosKeptSince }),
      ...(photosGoneAfter !== undefined && { photosGoneAfter }),
    };
    this.#recent.keep(key.sk, settings, recentFor);
    return settings;
  }
}
