import type { ArrivalServices } from '../arrival-services.ts';
import { second } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import { gapsBetween, type KeptGap } from './gaps.ts';
import type { Party } from './parties.ts';

/** Tells a party's chat of a gap. Throws NotSentError when the message surely is not there. */
export type TellGap = (gap: KeptGap) => Promise<void>;

/** What the watch needs of the services. */
export type WatchServices = Pick<ArrivalServices, 'parties' | 'gaps' | 'log' | 'metrics'>;

/** How often it is written down until when the door was watched: a gap's beginning is off by no more. */
const keptEvery = second;

/**
 * Keeps account of when the door was watched, and tells of the times when it was not: the camera was gone, the
 * computer slept, or the program was not running.
 *
 * It does not ask why. Every frame that was looked at is a moment of watching, and the last one stands on the
 * party's item: whoever sees the next frame, in this process or after a restart, finds the gap between the two.
 */
export class Watch {
  readonly #services: WatchServices;
  readonly #tell: TellGap;
  /** The newest moment written down; it only saves work. */
  #kept = 0;

  constructor(services: WatchServices, tell: TellGap) {
    this.#services = services;
    this.#tell = tell;
  }

  /**
   * The door was watched at these moments. Never throws: what could not be written now is found with the next
   * moments.
   *
   * @param moments the times of frames, in any order, milliseconds since 1970
   */
  async saw(moments: readonly number[]): Promise<void> {
    try {
      if (Math.max(...moments) >= this.#kept + keptEvery) await this.#note(moments);
    } catch (error) {
      this.#services.log.error('Until when the door was watched could not be written', loggable(error));
    }
  }

  /** Tells of the gaps that a chat could not be told of, or whose teller died. */
  async leftOver(party: Party): Promise<void> {
    const gaps = await this.#services.gaps.leftOver(party.id);
    await Promise.all(gaps.map((gap) => this.#claimAndTell(gap)));
  }

  async #note(moments: readonly number[]): Promise<void> {
    const { parties } = this.#services;
    const party = await parties.on();
    if (!party) return;
    const since = watchedUntil(party);
    const later = moments.filter((moment) => moment > since && moment <= party.endsAt);
    if (later.length === 0) return;
    const newest = Math.max(...later);
    const gaps = gapsBetween([since, ...later]);
    // Gaps first: if this process dies in between, the next one finds them again, under the same keys.
    const telling = gaps.map((gap) =>
      this.#claimAndTell({ partyId: party.id, chatId: party.chatId, ...gap }),
    );
    await Promise.all(telling);
    await parties.watched(party, newest);
    this.#kept = newest;
  }

  async #claimAndTell(gap: KeptGap): Promise<void> {
    const { gaps, log, metrics } = this.#services;
    const claimed = await gaps.claim(gap);
    if (claimed.outcome !== 'claimed') return;
    if (claimed.item.attempts === 1) metrics.count('Gaps');
    try {
      await this.#tell(claimed.item);
    } catch (error) {
      // As with arrivals: surely not sent is tried again soon, perhaps sent only when the lease has ended.
      metrics.count('MessagesNotSent');
      log.warn('A gap was not told', { partyId: gap.partyId, ...loggable(error) });
      if (error instanceof NotSentError) await gaps.notTold(gap, error.retryAt);
      return;
    }
    await gaps.told(gap);
  }
}

/** Until when the door was surely watched, milliseconds since 1970. At the start of a party it is. */
export function watchedUntil({ watchedUntil: until, startedAt }: Party): number {
  return until ?? startedAt;
}
