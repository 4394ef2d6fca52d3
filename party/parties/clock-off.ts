import type { Chat } from '../chat.ts';
import { createDispatcher, type DispatchServices } from '../dispatch.ts';
import { loggable } from '../loggable.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { noticeMessage } from './notices.ts';

/** Tells a party's chat once that the clock of the camera's computer is wrong. */
export class ClockOff {
  readonly #services: DispatchServices;
  readonly #dispatcher: Dispatcher;
  /** The party whose chat knows; it only saves work, for a wrong clock is wrong in every record. */
  #toldAt: string | undefined;

  /** @param chat what may be said */
  constructor(services: DispatchServices, chat: Partial<Chat>) {
    this.#services = services;
    this.#dispatcher = createDispatcher(services, chat);
  }

  /**
   * A record's times were too far apart, at a party. Never throws: it is only a notice, and no record comes again for it.
   *
   * @param partyId the party that is on
   */
  async report(partyId: string): Promise<void> {
    if (this.#toldAt === partyId) return;
    const { parties, log } = this.#services;
    try {
      const party = await parties.on();
      if (party) await this.#dispatcher.send(noticeMessage(party, { what: 'clock' }, party.startedAt));
      this.#toldAt = party?.id;
    } catch (error) {
      log.warn('The clock was not reported', loggable(error));
    }
  }
}
