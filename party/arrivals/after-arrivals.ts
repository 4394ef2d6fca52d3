import type { ArrivalServices } from '../arrival-services.ts';
import { loggable } from '../loggable.ts';
import type { Party } from '../parties/party.ts';
import { isDuring } from '../parties/party-of-frame.ts';
import { type NoticeServices, NoticeUnknown } from '../unknown-faces/notice-unknown.ts';
import { type FrameLook, Looks } from './looks.ts';
import type { JudgedRecords } from './seen-guests.ts';

type AfterArrivalsServices = NoticeServices & Pick<ArrivalServices, 'now'>;

/** What becomes of a batch after its arrivals, for no guest waits for it. Nothing here throws, or has a batch come again. */
export class AfterArrivals {
  readonly #services: AfterArrivalsServices;
  readonly #looks: Looks;
  readonly #unknown: NoticeUnknown;

  constructor(services: AfterArrivalsServices) {
    this.#services = services;
    this.#looks = new Looks(services.table, services.now);
    this.#unknown = new NoticeUnknown(services);
  }

  /**
   * Notes what the door saw, so that a host can be told why somebody was announced, or was not.
   *
   * @param isOfInterest whether there is anything to be explained of a guest yet
   */
  async noteLooks(
    party: Party,
    frames: readonly FrameLook[],
    isOfInterest: (guestId: string) => boolean,
  ): Promise<void> {
    const own = frames.filter(({ time }) => isDuring(party, time));
    try {
      await this.#looks.note(party, own, isOfInterest);
    } catch (error) {
      this.#services.log.warn('What was seen could not be noted', loggable(error));
    }
  }

  /** Notices unknown faces. One that stays, and could not be noted, is noticed with the next batch. */
  async noticeUnknown(party: Party, judged: JudgedRecords): Promise<void> {
    if (judged.records.every(({ record }) => record.faces.length === 0)) return;
    try {
      await this.#unknown.take(party, judged);
    } catch (error) {
      this.#services.log.warn('An unknown face could not be noted', loggable(error));
    }
  }
}
