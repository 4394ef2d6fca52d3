import {
  ChatGoneError,
  ChatMovedError,
  NotSentError,
  OvertakenError,
  TooManyMessagesError,
  UnsendableError,
} from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Claim } from './claim.ts';
import type { Deliveries } from './deliveries.ts';
import type { Delivery, SendingServices } from './delivery.ts';
import { type Destination, hasOther } from './destinations.ts';
import { type Message, placeOf } from './message.ts';

/** What becomes of a message that failed: it goes elsewhere now, or this came of it. */
export type Failure = { readonly goesTo: Destination; readonly error: NotSentError } | Delivery;

/** What a failed message says of itself, of its chat, and of when to try again. */
export class Failures {
  readonly #services: SendingServices;
  readonly #deliveries: Pick<Deliveries, 'chatGone'>;

  constructor(services: SendingServices, deliveries: Pick<Deliveries, 'chatGone'>) {
    this.#services = services;
    this.#deliveries = deliveries;
  }

  /**
   * Writes down what a failure says. If that cannot be, the message's lease ends by itself. Never throws.
   *
   * @param item the message's, as it was claimed
   * @param to where the message was sent
   */
  async of(message: Message, item: Claim, to: Destination, error: unknown): Promise<Failure> {
    try {
      return await this.#of(message, item, to, error);
    } catch {
      return { outcome: 'perhaps sent', error };
    }
  }

  async #of(message: Message, item: Claim, to: Destination, error: unknown): Promise<Failure> {
    const { outbox, destinations, now, log, metrics } = this.#services;
    const { kind } = message;
    if (error instanceof UnsendableError) {
      const isMissed = !(error instanceof OvertakenError);
      if (isMissed) log.warn('A message was dropped', { kind, ...loggable(error) });
      else log.info('A message is not needed any more', { kind, reason: error.message });
      await outbox.drop(message);
      return { outcome: 'dropped' };
    }
    metrics.count('MessagesNotSent');
    const sure = error instanceof NotSentError;
    log.warn('A message was not sent', { kind, sure, ...loggable(error) });
    if (!sure) {
      await outbox.leaveOpen(message);
      return { outcome: 'perhaps sent', error };
    }
    if (await this.#goesElsewhere(message, to, error))
      return { goesTo: await destinations.of(message.place), error };
    if (error instanceof TooManyMessagesError || error instanceof ChatGoneError)
      await destinations.hold(to.place.chatId, error.retryAt);
    await outbox.giveBack(message, Math.max(error.retryAt, now()), item);
    return { outcome: 'not sent', error };
  }

  /** Follows a chat that moved; tells the host of one that is gone. @returns whether the message goes elsewhere now */
  async #goesElsewhere(message: Message, to: Destination, error: NotSentError): Promise<boolean> {
    const { destinations, parties, log } = this.#services;
    const { chatId } = to.place;
    if (error instanceof ChatMovedError) {
      log.info('A chat goes on under another id', { kind: message.kind });
      await destinations.move(chatId, error.chatId);
      await parties.moveChat(chatId, error.chatId);
      return true;
    }
    // Once its messages went to the host, there is nobody else.
    const { hostId } = message.place;
    const place = { ...placeOf(to.place), ...(hostId !== undefined && { hostId }) };
    if (!(error instanceof ChatGoneError) || !hasOther(place)) return false;
    await this.#deliveries.chatGone?.(place);
    await destinations.gone(place);
    return true;
  }
}
