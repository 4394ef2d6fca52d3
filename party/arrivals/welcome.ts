import type { ArrivalServices } from '../arrival-services.ts';
import { buildOnce } from '../build-once.ts';
import type { Chat } from '../chat.ts';
import type { FaceLikeness } from '../guests/guests.ts';
import { loggable } from '../loggable.ts';
import { type Party, partyPlace } from '../parties/party.ts';
import { isDuring, PartyOfFrame } from '../parties/party-of-frame.ts';
import { type FrameTime, frameTime } from '../record/frame-time.ts';
import type { AfterArrivals } from './after-arrivals.ts';
import { Announcer, type AnnouncerServices } from './announcer.ts';
import { hasArrived } from './arrival-rule.ts';
import { whoArrives } from './guest-name.ts';
import { type PlacedRecord, type PlacedSighting, SeenGuests } from './seen-guests.ts';
import { loggedId } from './sightings.ts';
import type { StillGuests } from './still-guests.ts';

/** What came of a batch. */
export interface BatchOutcome {
  readonly arrived: readonly string[];
  /** Records refused because they are of no party, or older than the one that is on. */
  readonly refused: { readonly noParty: number; readonly beforeParty: number };
  /** The party that is on, if some producer's clock was too far off to be believed at it. */
  readonly clockOffAt?: string;
  /** The records whose outcome could not be written: Kinesis must bring them again. */
  readonly failed: readonly string[];
}

/** What a welcome needs of the services. */
export type WelcomeServices = AnnouncerServices &
  Pick<ArrivalServices, 'people' | 'rules' | 'parties' | 'settings'>;

/** What was seen of a guest at a party, and when the Lambda that handles it began. */
interface Newcomer {
  readonly party: Party;
  readonly guestId: string;
  readonly sightings: readonly PlacedSighting[];
  readonly began: number;
}

interface Outcome {
  readonly arrived?: string;
  readonly failed?: readonly string[];
}

/** So many arrivals are remembered; then it begins anew. */
const mostRemembered = 10_000;

/**
 * Records in, arrivals out: the heart of the product.
 *
 * One of these lives as long as its Lambda does. What it remembers only saves work, so that frames that show nobody new
 * cost nothing: who has arrived is decided by the table, so that redelivery, parallel invocations and restarts change
 * nothing.
 */
export class Welcome {
  readonly #services: WelcomeServices;
  readonly #announcer: Announcer;
  readonly #seenGuests: SeenGuests;
  readonly #parties: PartyOfFrame;
  readonly #still: () => Promise<StillGuests>;
  readonly #afterArrivals: () => Promise<AfterArrivals>;
  readonly #arrived = new Set<string>();
  /** What is remembered is of this party, as it was with so many corrections. */
  #known: { readonly partyId?: string; readonly corrections: number } = { corrections: 0 };

  /** @param chat what may be said */
  constructor(services: WelcomeServices, chat: Partial<Chat>) {
    this.#services = services;
    this.#announcer = new Announcer(services, chat);
    this.#seenGuests = new SeenGuests(services);
    this.#parties = new PartyOfFrame(services.parties, services.now);
    // Both are loaded with a party's first records, not when a Lambda starts.
    this.#still = buildOnce(async () => {
      const { StillGuests } = await import('./still-guests.ts');
      return new StillGuests(services);
    });
    this.#afterArrivals = buildOnce(async () => {
      const { AfterArrivals } = await import('./after-arrivals.ts');
      return new AfterArrivals(services);
    });
  }

  /**
   * Handles one batch of records, in any order and however often they come.
   *
   * @param began when the Lambda that handles it began, milliseconds since 1970
   */
  async batch(records: readonly PlacedRecord[], began = this.#services.now()): Promise<BatchOutcome> {
    const times = records.map(({ record }) => frameTime(record));
    // First: whose the faces are is looked up anew after a correction.
    const lately = await this.#parties.lately();
    this.#forgetIfCorrected(lately);
    const seen = await this.#seenGuests.in(records.map((placed, index) => ({ ...placed, ...times[index]! })));
    const { parties, moved } = await this.#place(seen, times, lately).catch((error: unknown) => {
      // The batch comes again, but not what has waited here.
      this.#seenGuests.waitAgain();
      throw error;
    });
    const latest = parties[0];
    const isOn = latest !== undefined && latest.endsAt > this.#services.now();
    // Side by side: whom a batch brings never waits for what another left pending. But both to their end: what is still
    // under way when a Lambda answers goes on at any later time, when its lease means nothing any more.
    const retried = isOn ? this.#retryPending(latest) : undefined;
    const wasNew = new Set(
      latest ? seen.map(({ person }) => person.id).filter((id) => !this.#hasArrived(latest, id)) : [],
    );
    const welcomed = this.#toWelcome(parties, moved, began).map((guest) => this.#guest(guest));
    const outcomes = await Promise.all(welcomed).finally(() => retried);
    const failed = new Set(outcomes.flatMap((outcome) => outcome.failed ?? []));
    this.#seenGuests.waitAgain(failed);
    if (isOn) await this.#after(latest, (id) => wasNew.has(id) || !this.#hasArrived(latest, id));
    const ofNone = times.filter(({ time }) => !parties.some((party) => isDuring(party, time)));
    const before = isOn ? ofNone.filter(({ time }) => time <= latest.startedAt).length : 0;
    return {
      arrived: outcomes.flatMap(({ arrived }) => arrived ?? []),
      refused: { noParty: ofNone.length - before, beforeParty: before },
      ...(isOn && times.some(({ clock }) => clock === 'service') && { clockOffAt: latest.id }),
      failed: records.flatMap(({ sequenceNumber: own }) => (failed.has(own) ? [own] : [])),
    };
  }

  /** The parties that this batch is of, the latest first, and of the sightings those of guests who have moved. */
  async #place(
    seen: readonly PlacedSighting[],
    times: readonly FrameTime[],
    lately: Party | undefined,
  ): Promise<{ readonly parties: readonly Party[]; readonly moved: readonly PlacedSighting[] }> {
    const isNew = seen.some((sighting) => !lately || !this.#hasArrived(lately, sighting.person.id));
    // Whether somebody arrives is decided by what is true now: the host may just have ended the party.
    const parties = isNew
      ? await this.#parties.of([...times, ...seen].map(({ time }) => time))
      : [lately].flatMap((party) => party ?? []);
    const { showsStillFaces } = this.#services.rules;
    return {
      parties,
      moved:
        showsStillFaces && parties.length > 0
          ? await (await this.#still()).moved(parties, this.#seenGuests)
          : seen,
    };
  }

  /** Never throws: nobody waits for it. */
  async #after(party: Party, isOfInterest: (guestId: string) => boolean): Promise<void> {
    const { frames, judged } = this.#seenGuests;
    try {
      const [still, after] = await Promise.all([this.#still(), this.#afterArrivals()]);
      await after.noteLooks(party, still.marked(frames), isOfInterest);
      await after.noticeUnknown(party, judged);
    } catch (error) {
      this.#services.log.warn('What follows the arrivals could not be loaded', loggable(error));
    }
  }

  /** Never throws: a batch does not come again for what another batch left pending. */
  async #retryPending(party: Party): Promise<void> {
    try {
      await this.#announcer.retryPending();
    } catch (error) {
      this.#services.log.warn('Pending arrivals could not be looked for', {
        partyId: party.id,
        ...loggable(error),
      });
    }
  }

  /** The sightings of guests who are not known to have arrived, by party and guest. */
  #toWelcome(parties: readonly Party[], seen: readonly PlacedSighting[], began: number): Newcomer[] {
    return parties.flatMap((party) => {
      const guests = new Map<string, PlacedSighting[]>();
      for (const sighting of seen) {
        const { id } = sighting.person;
        if (!isDuring(party, sighting.time) || this.#hasArrived(party, id)) continue;
        guests.set(id, [...(guests.get(id) ?? []), sighting]);
      }
      return [...guests].map(([guestId, sightings]) => ({ party, guestId, sightings, began }));
    });
  }

  /** Never throws: one guest's trouble is not another's. */
  async #guest({ party, guestId, sightings, began }: Newcomer): Promise<Outcome> {
    const { arrivals, rules, log } = this.#services;
    try {
      const best = sightings.reduce((a, b) => (b.similarity > a.similarity ? b : a));
      const place = { partyId: party.id, guestId };
      const times = sightings.map(({ time }) => time);
      const seen = await arrivals.see(place, times, this.#correctionsOf(party));
      // Who it was is being put right just now: these frames may be of the same mistake.
      if ('isOutdated' in seen) return {};
      if (seen.arrived) this.#remember(party, guestId);
      else if (hasArrived({ times: seen.times, ...best }, rules)) {
        const arriving = await whoArrives(this.#services.guests, place);
        if (!arriving) return {};
        const { name } = arriving;
        const { time, clock, box, similarity, cameAt: record } = best;
        const like = likeBest(sightings);
        const arrival = { ...place, ...partyPlace(party), name, time, clock, box, similarity, like };
        const announced = arriving.isQuiet
          ? await arrivals.comeQuietly(arrival)
          : await this.#announcer.announce(arrival, { record, match: began });
        this.#remember(party, guestId);
        if (announced) return { arrived: guestId };
      }
      return {};
    } catch (error) {
      const ids = { partyId: party.id, guestId: loggedId(guestId) };
      log.error('The arrival could not be written', { ...ids, ...loggable(error) });
      return { failed: sightings.map(({ sequenceNumber }) => sequenceNumber) };
    }
  }

  /** After a correction nothing is true for certain that was remembered before. */
  #forgetIfCorrected(party: Party | undefined): void {
    const { id: partyId, corrections = 0 } = party ?? {};
    if (corrections > 0 && (partyId !== this.#known.partyId || corrections !== this.#known.corrections)) {
      this.#arrived.clear();
      this.#seenGuests.forget();
    }
    this.#known = { ...(partyId !== undefined && { partyId }), corrections };
  }

  #correctionsOf({ id, corrections = 0 }: Party): number {
    return id === this.#known.partyId ? this.#known.corrections : corrections;
  }

  #hasArrived(party: Party, guestId: string): boolean {
    return this.#arrived.has(`${party.id} ${guestId}`);
  }

  #remember(party: Party, guestId: string): void {
    if (this.#arrived.size >= mostRemembered) this.#arrived.clear();
    this.#arrived.add(`${party.id} ${guestId}`);
  }
}

/** The guest's faces by which they were recognised, each with its best similarity, best first. */
function likeBest(sightings: readonly PlacedSighting[]): FaceLikeness[] {
  const best = new Map<string, number>();
  for (const { faceId, similarity } of sightings.flatMap(({ like }) => like))
    best.set(faceId, Math.max(similarity, best.get(faceId) ?? 0));
  return [...best]
    .map(([faceId, similarity]) => ({ faceId, similarity }))
    .sort((a, b) => b.similarity - a.similarity);
}
