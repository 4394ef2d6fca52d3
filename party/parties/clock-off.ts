import type { ArrivalServices } from '../arrival-services.ts';
import type { Chat } from '../chat.ts';
import { loggable } from '../loggable.ts';

/** Tells a party's chat once that the clock of the camera's computer is wrong. */
export class ClockOff {
  readonly #services: Pick<ArrivalServices, 'parties' | 'log'>;
  readonly #chat: Pick<Chat, 'reportClockOff'>;
  /** The party whose chat knows; it only saves work, for a wrong clock is wrong in every record. */
  #toldAt: string | undefined;

  constructor(services: Pick<ArrivalServices, 'parties' | 'log'>, chat: Pick<Chat, 'reportClockOff'>) {
    this.#services = services;
    this.#chat = chat;
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
      if (party && (await parties.claimNotice(party, 'clock'))) await this.#chat.reportClockOff(party.chatId);
      this.#toldAt = party?.id;
    } catch (error) {
      log.warn('The clock was not reported', loggable(error));
    }
  }
}
