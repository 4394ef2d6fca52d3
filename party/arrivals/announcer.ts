import type { ArrivalServices } from '../arrival-services.ts';
import type { Chat } from '../chat.ts';
import { second } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { type Road, timeArrival } from '../metrics.ts';
import { sendLease } from '../outbox/outbox.ts';
import type { Party } from '../parties/parties.ts';
import { type ArrivalSongServices, songOfArrival } from '../songs/song-of-arrival.ts';
import type { Arrival } from './arrivals.ts';
import { loggedId } from './sightings.ts';

/** What announcing needs of the services. */
export type AnnouncerServices = Pick<ArrivalServices, 'topic' | 'pictures' | 'now' | 'log' | 'metrics'> &
  ArrivalSongServices;

/** How often a batch looks for pending arrivals; the tick looks every minute. */
const retryEvery = 5 * second;

/**
 * Announces each arrival once: its message is sent, then subscribers are notified and its picture is asked for, and
 * then it is done. Whoever dies on the way leaves it to the next who looks; the table says how far it came.
 */
export class Announcer {
  readonly #services: AnnouncerServices;
  readonly #chat: Pick<Chat, 'announceArrival'>;
  #retriedAt = 0;

  constructor(services: AnnouncerServices, chat: Pick<Chat, 'announceArrival'>) {
    this.#services = services;
    this.#chat = chat;
  }

  /**
   * Announces an arrival, unless another has.
   *
   * @param straight the times of the road here, if it was straight
   * @returns true when it was ours to announce; whether all then worked is the outbox's business
   */
  async announce(arrival: Arrival, straight?: Road['straight']): Promise<boolean> {
    const { arrivals, log } = this.#services;
    let sent = false;
    const delivery = await arrivals.deliver(arrival, async (kept) => {
      // The message may be there already: then whoever sent it died before what follows.
      if (kept.messageId === undefined) await this.#send(kept, straight);
      sent = true;
      await this.#followUp(kept);
    });
    if (sent && 'error' in delivery)
      log.warn('What follows an arrival failed', { ...idsOf(arrival), ...loggable(delivery.error) });
    return delivery.outcome !== 'in progress' && delivery.outcome !== 'done';
  }

  /**
   * Finishes what was claimed and never done, by a claimer that died or whose send failed.
   *
   * @param every at most so often, in milliseconds
   * @returns how many there were
   */
  async retryPending(party: Party, every = retryEvery): Promise<number> {
    const { arrivals, now } = this.#services;
    if (now() - this.#retriedAt < every) return 0;
    this.#retriedAt = now();
    const pending = await arrivals.pending(party.id);
    await Promise.all(pending.map((arrival) => this.#retry(arrival)));
    return pending.length;
  }

  /** Never throws: one guest's trouble is not another's. The next look finds what is still pending. */
  async #retry(arrival: Arrival): Promise<void> {
    try {
      await this.announce(arrival);
    } catch (error) {
      this.#services.log.warn('A pending arrival could not be claimed', {
        ...idsOf(arrival),
        ...loggable(error),
      });
    }
  }

  /** The message, and the mark that it is there: whoever claims next then does the rest, and only the rest. */
  async #send(arrival: Arrival, straight: Road['straight']): Promise<void> {
    const { arrivals, log, metrics, now } = this.#services;
    const ids = idsOf(arrival);
    let messageId: number;
    try {
      messageId = await this.#chat.announceArrival(arrival, await songOfArrival(this.#services, arrival));
    } catch (error) {
      metrics.count('MessagesNotSent');
      log.warn('The message was not sent', {
        ...ids,
        sure: error instanceof NotSentError,
        ...loggable(error),
      });
      throw error;
    }
    timeArrival(metrics, { frame: arrival.time, ...(straight && { straight }) }, now());
    try {
      await arrivals.sent(arrival, messageId);
    } catch (error) {
      log.error(`The message is sent but not marked: it may come twice in ${sendLease / second} s`, {
        ...ids,
        ...loggable(error),
      });
      throw error;
    }
  }

  /** What follows the message. None of it makes the message come again. */
  async #followUp(arrival: Arrival): Promise<void> {
    const { topic, pictures } = this.#services;
    const { partyId, guestId } = arrival;
    const outcomes = await Promise.allSettled([
      this.#keptSong(arrival).then((song) => topic.publish(arrival, song)),
      pictures.ask({ job: 'snapshot', partyId, guestId }),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  /** The song that was sent. */
  async #keptSong({ partyId, guestId }: Arrival) {
    const { arrivals, songs } = this.#services;
    const songId = (await arrivals.get(partyId, guestId))?.songId;
    return songId === undefined ? undefined : await songs.get(songId);
  }
}

/** What of an arrival may stand in a log. */
const idsOf = ({ partyId, guestId }: Arrival) => ({ partyId, guestId: loggedId(guestId) });
