import type { ArrivalServices } from '../arrival-services.ts';
import type { Chat } from '../chat.ts';
import { loggable } from '../loggable.ts';
import type { Party } from '../parties/parties.ts';
import { frameTime } from '../record/frame-time.ts';
import type { FaceSearchRecord } from '../record/record.ts';
import { Announcer, type AnnouncerServices } from './announcer.ts';
import { hasArrived } from './arrival-rule.ts';
import { guestName } from './guest-name.ts';
import { loggedId, type Sighting, sightings } from './sightings.ts';

/** A record with its place on the data stream. */
export interface PlacedRecord {
  readonly sequenceNumber: string;
  /** When it came onto the stream, milliseconds since 1970 (`approximateArrivalTimestamp`). */
  readonly cameAt: number;
  readonly record: FaceSearchRecord;
}

/** What came of a batch. */
export interface Welcomed {
  readonly arrived: readonly string[];
  /** Records refused because no party was on, or they were older than it. */
  readonly refused: { readonly noParty: number; readonly beforeParty: number };
  /** Some producer's clock was too far off to be believed. */
  readonly clockOff: boolean;
  /** The records whose outcome could not be written: Kinesis must bring them again. */
  readonly failed: readonly string[];
}

/** What a welcome needs of the services. */
export type WelcomeServices = AnnouncerServices & Pick<ArrivalServices, 'people' | 'rules'>;

/** A sighting with its record's place on the stream. */
type PlacedSighting = Sighting & Pick<PlacedRecord, 'sequenceNumber' | 'cameAt'>;

/** Records of a party, with the time at which the Lambda that handles them began. */
interface Batch {
  readonly party: Party;
  readonly records: ReadonlyArray<PlacedRecord & { time: number }>;
  readonly began: number;
}

/**
 * Records in, arrivals out: the heart of the product.
 *
 * One of these lives as long as its Lambda does. What it remembers only saves work: who has arrived is decided
 * by the table, so that redelivery, parallel invocations and restarts change nothing.
 */
export class Welcome {
  readonly #services: WelcomeServices;
  readonly #announcer: Announcer;
  #arrived = { partyId: '', guests: new Set<string>() };

  constructor(services: WelcomeServices, chat: Pick<Chat, 'announceArrival'>) {
    this.#services = services;
    this.#announcer = new Announcer(services, chat);
  }

  /**
   * Handles one batch of records, in any order and however often they come.
   *
   * @param began when the Lambda that handles it began, milliseconds since 1970
   */
  async batch(records: readonly PlacedRecord[], began = this.#services.now()): Promise<Welcomed> {
    const party = await this.#services.parties.on();
    if (!party) {
      return {
        arrived: [],
        refused: { noParty: records.length, beforeParty: 0 },
        clockOff: false,
        failed: [],
      };
    }
    const times = records.map(({ record }) => frameTime(record));
    const during = records.flatMap((placed, index) => {
      const { time } = times[index]!;
      return time > party.startedAt ? [{ ...placed, time }] : [];
    });
    // Side by side: whom a batch brings never waits for what another left pending. But both to their end: what is still
    // under way when a Lambda answers goes on at any later time, when its lease means nothing any more.
    const retried = this.#retryPending(party);
    const outcomes = await this.#welcomeAll({ party, records: during, began }).finally(() => retried);
    return {
      arrived: outcomes.flatMap(({ arrived }) => arrived ?? []),
      refused: { noParty: 0, beforeParty: records.length - during.length },
      clockOff: times.some(({ clock }) => clock === 'service'),
      failed: outcomes.flatMap(({ failed }) => failed ?? []),
    };
  }

  /** Never throws: a batch does not come again for what another batch left pending. */
  async #retryPending(party: Party): Promise<void> {
    try {
      await this.#announcer.retryPending(party);
    } catch (error) {
      this.#services.log.warn('Pending arrivals could not be looked for', {
        partyId: party.id,
        ...loggable(error),
      });
    }
  }

  async #welcomeAll(batch: Batch): Promise<Array<{ arrived?: string; failed?: string[] }>> {
    const guests = await this.#toWelcome(batch);
    return Promise.all([...guests].map(([id, seen]) => this.#guest(batch, id, seen)));
  }

  /** The sightings of guests who are not known to have arrived, by guest. */
  async #toWelcome({ party, records }: Batch): Promise<Map<string, PlacedSighting[]>> {
    const faceIds = records.flatMap(({ record }) =>
      record.faces.flatMap(({ matches }) => matches.map(({ faceId }) => faceId)),
    );
    const owners = await this.#services.people.owners(faceIds);
    const guests = new Map<string, PlacedSighting[]>();
    for (const { record, time, sequenceNumber, cameAt } of records) {
      for (const sighting of sightings(record, time, owners, this.#services.rules)) {
        const { kind, id } = sighting.person;
        if (kind !== 'guest' || this.#hasArrived(party, id)) continue;
        guests.set(id, [...(guests.get(id) ?? []), { ...sighting, sequenceNumber, cameAt }]);
      }
    }
    return guests;
  }

  /** Never throws: one guest's trouble is not another's. */
  async #guest(
    { party, began }: Batch,
    guestId: string,
    seen: readonly PlacedSighting[],
  ): Promise<{ arrived?: string; failed?: string[] }> {
    const { arrivals, rules, log } = this.#services;
    try {
      const best = seen.reduce((a, b) => (b.similarity > a.similarity ? b : a));
      const place = { partyId: party.id, guestId };
      const { times, arrived } = await arrivals.see(
        place,
        seen.map(({ time }) => time),
      );
      if (arrived) this.#remember(party, guestId);
      else if (hasArrived({ times, similarity: best.similarity }, rules)) {
        const name = await guestName(this.#services.guests, guestId);
        if (name === undefined) return {};
        const { time, box, similarity, cameAt: record } = best;
        const arrival = { ...place, name, chatId: party.chatId, time, box, similarity };
        const announced = await this.#announcer.announce(arrival, { record, match: began });
        this.#remember(party, guestId);
        if (announced) return { arrived: guestId };
      }
      return {};
    } catch (error) {
      const ids = { partyId: party.id, guestId: loggedId(guestId) };
      log.error('The arrival could not be written', { ...ids, ...loggable(error) });
      return { failed: seen.map(({ sequenceNumber }) => sequenceNumber) };
    }
  }

  #hasArrived(party: Party, guestId: string): boolean {
    return this.#arrived.partyId === party.id && this.#arrived.guests.has(guestId);
  }

  #remember(party: Party, guestId: string): void {
    if (this.#arrived.partyId !== party.id) this.#arrived = { partyId: party.id, guests: new Set() };
    this.#arrived.guests.add(guestId);
  }
}
