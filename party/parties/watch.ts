import type { ArrivalServices } from '../arrival-services.ts';
import { buildOnce } from '../build-once.ts';
import type { Chat } from '../chat.ts';
import { second } from '../clock.ts';
import { createDispatcher, type DispatchServices } from '../dispatch.ts';
import { loggable } from '../loggable.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { gapMessage, gapsBetween, type KeptGap } from './gaps.ts';
import { causeOf } from './interruptions.ts';
import { hostPlace, type Party, watchedUntil } from './party.ts';
import { PartyOfFrame } from './party-of-frame.ts';
import { tellSeen } from './tell-seen.ts';

/** What the watch needs of the services. */
export type WatchServices = DispatchServices & Pick<ArrivalServices, 'rules'>;

/** How often it is written down until when the door was watched: a gap's beginning is off by no more. */
const keptEvery = second;
/** A message that cannot be written over now is tried again after so long. */
const toldEvery = 10 * second;

/**
 * Keeps account of when the door was watched, and reports the times when it was not: the camera was gone, the
 * computer slept, or the program was not running.
 *
 * Why, it learns only where somebody noted it (`Parties.interrupted`). Every frame that was looked at is a moment of
 * watching, and the last one stands on the party's item: whoever sees the next frame, in this process or after a
 * restart, finds the gap between the two.
 */
export class Watch {
  readonly #services: WatchServices;
  readonly #dispatcher: Dispatcher;
  readonly #parties: PartyOfFrame;
  /** The newest moment written down; it only saves work. */
  #kept = 0;
  /** The newest frame that was said to be handled at the end of a party. */
  #handled = 0;
  /** Loaded after the first look: nobody waits for it. */
  readonly #slowness = buildOnce(async () => {
    const { NoteSlowness } = await import('./note-slowness.ts');
    return new NoteSlowness(this.#services.parties, this.#parties);
  });
  /** When it was last tried to tell that the door is seen. */
  #toldAt = Number.NEGATIVE_INFINITY;
  readonly #chat: Partial<Chat>;

  /** @param chat what may be said */
  constructor(services: WatchServices, chat: Partial<Chat>) {
    this.#services = services;
    this.#chat = chat;
    this.#dispatcher = createDispatcher(services, chat);
    this.#parties = new PartyOfFrame(services.parties, services.now);
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
      if (this.#services.rules.recordsEachLook) await (await this.#slowness()).looked(moments);
    } catch (error) {
      this.#services.log.error('Until when the door was watched could not be written', loggable(error));
    }
  }

  /**
   * All that these frames showed is written. Once the party's time is over, whoever ends it waits for this. Never throws.
   *
   * @param moments as of {@link saw}
   */
  async handled(moments: readonly number[]): Promise<void> {
    const { parties, log, now } = this.#services;
    try {
      const party = await this.#parties.lately();
      if (!party || party.endsAt > now() || moments.length === 0) return;
      const newest = Math.max(...moments);
      // One from after the end says all that there is to say.
      if (this.#handled > party.endsAt || (newest < this.#handled + keptEvery && newest <= party.endsAt))
        return;
      await parties.handled(party, newest);
      this.#handled = newest;
    } catch (error) {
      log.error('How far the frames are handled could not be written', loggable(error));
    }
  }

  async #note(moments: readonly number[]): Promise<void> {
    const { parties } = this.#services;
    const lately = await this.#parties.lately();
    if (!lately || moments.every((moment) => moment > lately.endsAt)) return;
    // Not only the one that is on: what was seen in time may be handled when the time is over.
    const party = await parties.latest();
    if (!party) return;
    const since = watchedUntil(party);
    const later = moments.filter((moment) => moment > since && moment <= party.endsAt);
    if (later.length === 0) return;
    const newest = Math.max(...later);
    const gaps = gapsBetween([since, ...later]);
    // Gaps first: if this process dies in between, the next one finds them again, under the same keys.
    const place = { partyId: party.id, ...hostPlace(party) };
    await Promise.all(
      gaps.map((gap) => {
        const cause = causeOf(gap, party.interruption);
        return this.#report({ ...place, ...gap, ...(cause && { cause }) });
      }),
    );
    await parties.watched(party, newest);
    this.#kept = newest;
    await this.#tellSeen(party);
  }

  /** Never throws: the tick tells it within a minute. */
  async #tellSeen(party: Party): Promise<void> {
    const { showStart } = this.#chat;
    const { log, now } = this.#services;
    if (!showStart || now() - this.#toldAt < toldEvery) return;
    try {
      await tellSeen(this.#services, { showStart }, party);
    } catch (error) {
      this.#toldAt = now();
      log.warn('That the door is seen was not told', loggable(error));
    }
  }

  async #report(gap: KeptGap): Promise<void> {
    const { outcome } = await this.#dispatcher.send(gapMessage(gap));
    const isFirst = outcome !== 'in progress' && outcome !== 'done';
    if (isFirst) this.#services.metrics.count('Gaps');
  }
}
