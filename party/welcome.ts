import { hasArrived } from './arrival-rule.ts';
import { type Arrival, arrivalLease } from './arrivals.ts';
import { second } from './clock.ts';
import { NotSentError } from './errors.ts';
import { frameTime } from './frame-time.ts';
import type { Party } from './parties.ts';
import type { FaceSearchRecord } from './record.ts';
import type { Services } from './services.ts';
import { externalPrefix, type Sighting, sightings } from './sightings.ts';

/** Puts an arrival into the party's chat. @returns the message's id; throws NotSentError when it surely did not */
export type Announce = (arrival: Arrival) => Promise<number>;

/** A record with its place on the data stream. */
export interface PlacedRecord {
  readonly sequenceNumber: string;
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
export type WelcomeServices = Pick<
  Services,
  | 'parties'
  | 'arrivals'
  | 'people'
  | 'guests'
  | 'songs'
  | 'topic'
  | 'pictures'
  | 'recognition'
  | 'now'
  | 'log'
>;

interface PlacedSighting extends Sighting {
  readonly sequenceNumber: string;
}

/** How often a batch looks for arrivals that another left over; the tick looks every minute. */
const leftOverEvery = 5 * second;

/**
 * Records in, arrivals out: the heart of the product.
 *
 * One of these lives as long as its Lambda does. What it remembers only saves work: who has arrived is decided
 * by the table, so that redelivery, parallel invocations and restarts change nothing.
 */
export class Welcome {
  readonly #services: WelcomeServices;
  readonly #announce: Announce;
  #arrived = { partyId: '', guests: new Set<string>() };
  #lookedForLeftOver = 0;

  constructor(services: WelcomeServices, announce: Announce) {
    this.#services = services;
    this.#announce = announce;
  }

  /** Handles one batch of records, in any order and however often they come. */
  async batch(records: readonly PlacedRecord[]): Promise<Welcomed> {
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
    // Side by side: whom a batch brings never waits for what another left over.
    const [outcomes] = await Promise.all([this.#welcomeAll(party, during), this.leftOver(party)]);
    return {
      arrived: outcomes.flatMap(({ arrived }) => arrived ?? []),
      refused: { noParty: 0, beforeParty: records.length - during.length },
      clockOff: times.some(({ clock }) => clock === 'service'),
      failed: outcomes.flatMap(({ failed }) => failed ?? []),
    };
  }

  /**
   * Sends what was claimed and never sent, by a claimer that died or whose send failed.
   *
   * @param every at most so often, in milliseconds
   */
  async leftOver(party: Party, every = leftOverEvery): Promise<number> {
    if (this.#services.now() - this.#lookedForLeftOver < every) return 0;
    this.#lookedForLeftOver = this.#services.now();
    const arrivals = await this.#services.arrivals.leftOver(party.id);
    await Promise.all(arrivals.map((arrival) => this.#claimAndSend(arrival)));
    return arrivals.length;
  }

  async #welcomeAll(
    party: Party,
    records: ReadonlyArray<PlacedRecord & { time: number }>,
  ): Promise<Array<{ arrived?: string; failed?: string[] }>> {
    const guests = await this.#toWelcome(party, records);
    return Promise.all([...guests].map(([id, seen]) => this.#guest(party, id, seen)));
  }

  /** The sightings of guests who are not known to have arrived, by guest. */
  async #toWelcome(
    party: Party,
    records: ReadonlyArray<PlacedRecord & { time: number }>,
  ): Promise<Map<string, PlacedSighting[]>> {
    const faceIds = records.flatMap(({ record }) =>
      record.faces.flatMap(({ matches }) => matches.map(({ faceId }) => faceId)),
    );
    const owners = await this.#services.people.owners(faceIds);
    const guests = new Map<string, PlacedSighting[]>();
    for (const { record, time, sequenceNumber } of records) {
      for (const sighting of sightings(record, time, owners, this.#services.recognition.rules)) {
        const { kind, id } = sighting.person;
        if (kind !== 'guest' || this.#hasArrived(party, id)) continue;
        guests.set(id, [...(guests.get(id) ?? []), { ...sighting, sequenceNumber }]);
      }
    }
    return guests;
  }

  /** Never throws: one guest's trouble is not another's. */
  async #guest(
    party: Party,
    guestId: string,
    seen: readonly PlacedSighting[],
  ): Promise<{ arrived?: string; failed?: string[] }> {
    const { arrivals, recognition, log } = this.#services;
    try {
      const best = seen.reduce((a, b) => (b.similarity > a.similarity ? b : a));
      const place = { partyId: party.id, guestId };
      const { times, arrived } = await arrivals.see(
        place,
        seen.map(({ time }) => time),
      );
      if (arrived) this.#remember(party, guestId);
      else if (hasArrived({ times, similarity: best.similarity }, recognition.rules)) {
        const name = await this.#nameOf(guestId);
        if (name === undefined) return {};
        const { time, box, similarity } = best;
        const claimed = await this.#claimAndSend({
          ...place,
          name,
          chatId: party.chatId,
          time,
          box,
          similarity,
        });
        this.#remember(party, guestId);
        if (claimed) return { arrived: guestId };
      }
      return {};
    } catch (error) {
      log.error('The arrival could not be written', { partyId: party.id, guestId, error });
      return { failed: seen.map(({ sequenceNumber }) => sequenceNumber) };
    }
  }

  /** @returns true when the claim was ours; whether the send then worked is the outbox's business */
  async #claimAndSend(arrival: Arrival): Promise<boolean> {
    const claimed = await this.#services.arrivals.claim(arrival);
    if (claimed.outcome !== 'claimed') return false;
    await this.#send(claimed.item);
    return true;
  }

  async #send(arrival: Arrival): Promise<void> {
    const { arrivals, log } = this.#services;
    const ids = { partyId: arrival.partyId, guestId: arrival.guestId };
    let messageId: number;
    try {
      messageId = await this.#announce(arrival);
    } catch (error) {
      // Surely not sent: soon again. Perhaps sent: only when the lease has ended, for twice is worse than late.
      const sure = error instanceof NotSentError;
      log.warn('The message was not sent', { ...ids, sure, error });
      if (sure) await arrivals.notSent(arrival, error.retryAt).catch(() => {});
      return;
    }
    await arrivals.sent(arrival, messageId).catch((error) => {
      log.error(`The message is sent but not marked: it may come twice in ${arrivalLease / second} s`, {
        ...ids,
        error,
      });
    });
    await this.#tellOthers(arrival);
  }

  /** What follows the message; none of it may make the message come again. */
  async #tellOthers(arrival: Arrival): Promise<void> {
    const { arrivals, songs, topic, pictures, log } = this.#services;
    const { partyId, guestId } = arrival;
    const published = (async () => {
      const { songId } = (await arrivals.get(partyId, guestId)) ?? arrival;
      await topic.publish(arrival, songId ? await songs.get(songId) : undefined);
    })();
    const outcomes = await Promise.allSettled([
      published,
      pictures.ask({ job: 'snapshot', partyId, guestId }),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        log.warn('What follows an arrival failed', { partyId, guestId, error: outcome.reason });
      }
    }
  }

  /** @returns undefined for a guest who is no longer one, though a face of theirs is still in the collection */
  async #nameOf(guestId: string): Promise<string | undefined> {
    if (guestId.startsWith(externalPrefix)) return guestId.slice(externalPrefix.length);
    return (await this.#services.guests.get(guestId))?.name;
  }

  #hasArrived(party: Party, guestId: string): boolean {
    return this.#arrived.partyId === party.id && this.#arrived.guests.has(guestId);
  }

  #remember(party: Party, guestId: string): void {
    if (this.#arrived.partyId !== party.id) this.#arrived = { partyId: party.id, guests: new Set() };
    this.#arrived.guests.add(guestId);
  }
}
