import type { Chat } from '../chat.ts';
import { second } from '../clock.ts';
import { createDispatcher, type DispatchServices } from '../dispatch.ts';
import type { Road } from '../metrics.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { type Arrival, arrivalMessage } from './arrivals.ts';

/** What announcing needs of the services. */
export type AnnouncerServices = DispatchServices;

/** How often a batch looks for pending messages, and how long it sends them; the tick looks every minute. */
const retryEvery = 5 * second;
const retriesFor = second;

/** Announces arrivals, each once, and sends what waits besides. */
export class Announcer {
  readonly #services: AnnouncerServices;
  readonly #dispatcher: Dispatcher;
  #retriedAt = 0;

  /** @param chat what may be said; messages of other kinds are left to others */
  constructor(services: AnnouncerServices, chat: Partial<Chat>) {
    this.#services = services;
    this.#dispatcher = createDispatcher(services, chat);
  }

  /**
   * Announces an arrival, unless another has.
   *
   * @param straight the times of the road here, if it was straight
   * @returns true when it was ours to announce; whether all then worked is the outbox's business
   */
  async announce(arrival: Arrival, straight?: Road['straight']): Promise<boolean> {
    const fresh = straight ? { straight } : {};
    const { outcome } = await this.#dispatcher.send(arrivalMessage(arrival), fresh);
    return outcome !== 'in progress' && outcome !== 'done' && outcome !== 'dropped';
  }

  /**
   * Sends what is pending, of every party: what a sender left that died or was refused.
   *
   * @param every at most so often, in milliseconds
   * @returns how many messages there were to look at
   */
  async retryPending(every = retryEvery): Promise<number> {
    const { now } = this.#services;
    if (now() - this.#retriedAt < every) return 0;
    this.#retriedAt = now();
    return this.#dispatcher.sendPending({ until: now() + retriesFor });
  }
}
