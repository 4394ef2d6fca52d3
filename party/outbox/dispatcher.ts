import { second } from '../clock.ts';
import { loggable } from '../loggable.ts';
import { Attempts } from './attempts.ts';
import type { Claim, Claimed } from './claim.ts';
import type { Deliveries, Fresh } from './deliveries.ts';
import type { Delivery, SendingServices } from './delivery.ts';
import type { Destination } from './destinations.ts';
import { type Message, type Place, pendingKey } from './message.ts';
import { isDue } from './outbox.ts';
import { type Patience, PendingSender } from './pending-sender.ts';

/** Who has something to send to a chat that is behind helps it along for so long, in milliseconds. */
const helpsFor = second;

/**
 * Sends messages, now or when their chat takes them: the one way to the chat for whatever people are told unasked.
 *
 * A chat that takes messages gets them at once, side by side. One that does not is held for all; then one sender at a
 * time sends what waits, arrivals first. A chat that moved is followed, and in the place of one that is gone the
 * party's host is told.
 */
export class Dispatcher {
  readonly #services: SendingServices;
  readonly #attempts: Attempts;
  readonly #pending: PendingSender;

  /** @param deliveries is handed what sends a message, for those who have to tell somebody else */
  constructor(
    services: SendingServices,
    deliveries: (send: (message: Message) => Promise<Delivery>) => Deliveries,
  ) {
    this.#services = services;
    this.#attempts = new Attempts(
      services,
      deliveries((message) => this.send(message)),
    );
    this.#pending = new PendingSender(services, this.#attempts);
  }

  /**
   * Sends a message, unless another has. Once this has returned it is not lost.
   *
   * @param fresh what only the first sender has in hand
   * @throws only when the message could not be written down, and so nothing was sent
   */
  async send(message: Message, fresh: Fresh = {}): Promise<Delivery> {
    const { outbox, destinations } = this.#services;
    const [, to] = await Promise.all([outbox.accept(message), destinations.of(message.place)]);
    if (to.isBehind) return this.#leave(message, to, await outbox.leave(message));
    return this.#attempts.send(message, to, fresh);
  }

  /** Has a message for itself before the time to send it has come. @returns as Claims.claim */
  async claim<Item>(message: Message): Promise<Claimed<Item>> {
    const { outbox } = this.#services;
    await outbox.accept(message);
    return outbox.claim<Item>(message);
  }

  /** Sends a message that was claimed so. Never throws. */
  async sendClaimed(message: Message, item: Claim): Promise<Delivery> {
    const { outbox, destinations, now } = this.#services;
    try {
      const to = await destinations.of(message.place);
      if (!to.isBehind && (await this.#isNext(message)))
        return await this.#attempts.sendClaimed(message, item, to);
      await outbox.giveBack(message, now() - 1, item);
      return await this.#leave(message, to, 'claimed');
    } catch (error) {
      return { outcome: 'perhaps sent', error };
    }
  }

  /** Whether a place takes no message at once. */
  async isBehind(place: Place): Promise<boolean> {
    return (await this.#services.destinations.of(place)).isBehind;
  }

  /** Sends what is pending, of every party. @returns how many messages there were to look at */
  async sendPending({ chatId, ...patience }: Patience): Promise<number> {
    const { outbox, now, log } = this.#services;
    const pending = await outbox.pending(chatId);
    const chats = new Set(pending.map(({ place }) => place.chatId));
    const sent = await Promise.allSettled([...chats].map((chat) => this.#pending.send(chat, patience)));
    for (const one of sent)
      if (one.status === 'rejected') log.warn('Pending messages were not sent', loggable(one.reason));
    return pending.filter((one) => isDue(one, now())).length;
  }

  /** Whether no others in its chat are to be sent before it. */
  async #isNext(message: Message): Promise<boolean> {
    const { outbox, now } = this.#services;
    const own = pendingKey(message).sk;
    const pending = await outbox.pending(message.place.chatId);
    return !pending.some((other) => isDue(other, now()) && pendingKey(other).sk < own);
  }

  /** Whatever becomes of it: the message itself is written down. */
  async #meanwhile(message: Message): Promise<void> {
    try {
      await this.#attempts.meanwhile(message);
    } catch (error) {
      this.#services.log.warn('What goes beside a message waits with it', loggable(error));
    }
  }

  /** In a chat that is behind, a message has its turn after what comes before it. */
  async #leave(message: Message, to: Destination, left: Claimed<unknown>['outcome']): Promise<Delivery> {
    const { outbox, now } = this.#services;
    if (left === 'done' || left === 'dropped') await outbox.forget(message);
    if (left !== 'claimed') return { outcome: left };
    await this.#meanwhile(message);
    if (to.heldUntil === undefined)
      await this.#pending.send(message.place.chatId, { until: now() + helpsFor });
    return { outcome: 'waits' };
  }
}
