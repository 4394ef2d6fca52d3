import type { ArrivalServices } from '../arrival-services.ts';
import { second } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { type Road, timeArrival } from '../metrics.ts';
import type { Party } from '../parties/parties.ts';
import { type Arrival, arrivalLease } from './arrivals.ts';
import { loggedId } from './sightings.ts';

/** Puts an arrival into the party's chat. @returns the message's id; throws NotSentError when it surely did not */
export type Announce = (arrival: Arrival) => Promise<number>;

/** What the telling needs of the services. */
export type TellingServices = Pick<
  ArrivalServices,
  'arrivals' | 'songs' | 'topic' | 'pictures' | 'now' | 'log' | 'metrics'
>;

/** How often a batch looks for arrivals that another left over; the tick looks every minute. */
const leftOverEvery = 5 * second;

/**
 * Arrivals are told once: each is claimed, its message sent, the others told, and marked as done. Whoever dies on the
 * way leaves it to the next who looks; the table says how far it came.
 */
export class Telling {
  readonly #services: TellingServices;
  readonly #announce: Announce;
  #lookedForLeftOver = 0;

  constructor(services: TellingServices, announce: Announce) {
    this.#services = services;
    this.#announce = announce;
  }

  /**
   * Claims an arrival and tells of it, unless another has.
   *
   * @param straight the times of the road here, if it was straight
   * @returns true when the claim was ours; whether all then worked is the outbox's business
   */
  async claimAndTell(arrival: Arrival, straight?: Road['straight']): Promise<boolean> {
    const claimed = await this.#services.arrivals.claim(arrival);
    if (claimed.outcome !== 'claimed') return false;
    const { item } = claimed;
    // The message may be there already: then whoever sent it died before what follows.
    if (item.messageId !== undefined || (await this.#send(item, straight))) await this.#tellOthers(item);
    return true;
  }

  /**
   * Finishes what was claimed and never done, by a claimer that died or whose send failed.
   *
   * @param every at most so often, in milliseconds
   * @returns how many there were
   */
  async leftOver(party: Party, every = leftOverEvery): Promise<number> {
    if (this.#services.now() - this.#lookedForLeftOver < every) return 0;
    this.#lookedForLeftOver = this.#services.now();
    const arrivals = await this.#services.arrivals.leftOver(party.id);
    await Promise.all(arrivals.map((arrival) => this.#finish(arrival)));
    return arrivals.length;
  }

  /** Never throws: one guest's trouble is not another's. The next look finds what is still left over. */
  async #finish(arrival: Arrival): Promise<void> {
    try {
      await this.claimAndTell(arrival);
    } catch (error) {
      this.#services.log.warn('What was left over could not be claimed', {
        ...idsOf(arrival),
        ...loggable(error),
      });
    }
  }

  /** @returns true when the message is in the chat, and marked so */
  async #send(arrival: Arrival, straight: Road['straight']): Promise<boolean> {
    const { arrivals, log, metrics, now } = this.#services;
    const ids = idsOf(arrival);
    let messageId: number;
    try {
      messageId = await this.#announce(arrival);
    } catch (error) {
      // Surely not sent: soon again. Perhaps sent: only when the lease has ended, for twice is worse than late.
      const sure = error instanceof NotSentError;
      metrics.count('MessagesNotSent');
      log.warn('The message was not sent', { ...ids, sure, ...loggable(error) });
      if (sure) await arrivals.notSent(arrival, error.retryAt).catch(() => {});
      return false;
    }
    timeArrival(metrics, { frame: arrival.time, ...(straight && { straight }) }, now());
    try {
      await arrivals.sent(arrival, messageId);
      return true;
    } catch (error) {
      log.error(`The message is sent but not marked: it may come twice in ${arrivalLease / second} s`, {
        ...ids,
        ...loggable(error),
      });
      return false;
    }
  }

  /** What follows the message. None of it makes the message come again; what fails is left over. */
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
    try {
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      await arrivals.done(arrival);
    } catch (error) {
      log.warn('What follows an arrival failed', { ...idsOf(arrival), ...loggable(error) });
    }
  }
}

/** What of an arrival may stand in a log. */
const idsOf = ({ partyId, guestId }: Arrival) => ({ partyId, guestId: loggedId(guestId) });
