import { NotSentError, UnsendableError } from '../errors.ts';
import type { Claim } from './claim.ts';
import type { Deliveries, Fresh } from './deliveries.ts';
import type { Delivery, SendingServices } from './delivery.ts';
import type { Destination } from './destinations.ts';
import { Failures } from './failures.ts';
import type { Message } from './message.ts';
import { keptFor, type PendingMessage } from './outbox.ts';

/** So many arrivals go into one message, at most. */
const namedTogether = 40;

/** Single tries to send: claimed, sent, and marked. */
export class Attempts {
  readonly #services: SendingServices;
  readonly #deliveries: Deliveries;
  readonly #failures: Failures;

  constructor(services: SendingServices, deliveries: Deliveries) {
    this.#services = services;
    this.#deliveries = deliveries;
    this.#failures = new Failures(services, deliveries);
  }

  /** Whether messages of this kind are sent here at all. */
  can({ kind }: Message): boolean {
    return this.#deliveries[kind] !== undefined;
  }

  /** A message has to wait. What was to happen meanwhile and did not happens when it is sent. */
  async meanwhile(message: Message): Promise<void> {
    await this.#deliveries.whileItWaits?.(message);
  }

  /** Sends a message, unless another has. @throws only when it could not be claimed, and so was not sent */
  async send(message: Message, to: Destination, fresh: Fresh = {}): Promise<Delivery> {
    const claimed = await this.#claim(message);
    return typeof claimed === 'string' ? { outcome: claimed } : this.sendClaimed(message, claimed, to, fresh);
  }

  /** Sends a message that is ours, where it goes now. Never throws. */
  async sendClaimed(message: Message, item: Claim, to: Destination, fresh: Fresh = {}): Promise<Delivery> {
    const { outbox, now } = this.#services;
    try {
      if (isOld(message, now())) throw new UnsendableError('It is a day old.');
      const deliver = this.#deliveries[message.kind];
      if (!deliver) throw new NotSentError(`A ${message.kind} is another's to send.`, now());
      await deliver(item, to.place, fresh);
      await outbox.done(message);
      return { outcome: 'sent' };
    } catch (error) {
      const failure = await this.#failures.of(message, item, to, error);
      if (!('goesTo' in failure)) return failure;
      if (!failure.goesTo.isBehind) return this.sendClaimed(message, item, failure.goesTo, fresh);
      return this.#later(message, item, failure.error);
    }
  }

  /** The next of the messages that are due: names that nobody has heard first, several in one message. */
  async sendNext(due: readonly PendingMessage[], to: Destination): Promise<void> {
    const unheard = due.filter(({ kind, named }) => kind === 'arrival' && !named);
    if (unheard.length > 1 && this.#deliveries.together)
      await this.#nameTogether(unheard.slice(0, namedTogether), to, this.#deliveries.together);
    else await this.send(unheard[0] ?? due[0]!, to);
  }

  /** Each one's own message is still to be sent then. */
  async #nameTogether(
    messages: readonly Message[],
    to: Destination,
    tell: NonNullable<Deliveries['together']>,
  ): Promise<void> {
    const { outbox } = this.#services;
    const claimed = await Promise.all(
      messages.map(async (message) => ({ message, item: await this.#claim(message) })),
    );
    const ours = claimed.flatMap(({ message, item }) =>
      typeof item === 'string' ? [] : [{ message, item }],
    );
    if (ours.length === 0) return;
    try {
      await tell(
        ours.map(({ item }) => item),
        to.place,
      );
      await Promise.all(ours.map(({ message, item }) => outbox.named(message, item)));
    } catch (error) {
      await Promise.all(
        ours.map(async ({ message, item }) => {
          const failure = await this.#failures.of(message, item, to, error);
          if ('goesTo' in failure) await this.#later(message, item, failure.error);
        }),
      );
    }
  }

  /** @returns the message's item, or why it is not ours */
  async #claim(message: Message): Promise<Claim | 'in progress' | 'done' | 'dropped'> {
    const { outbox } = this.#services;
    const claimed = await outbox.claim<object>(message);
    if (claimed.outcome === 'claimed') return claimed.item;
    if (claimed.outcome === 'in progress') await outbox.leaveOpen(message, claimed.leaseEnds);
    else await outbox.forget(message);
    return claimed.outcome;
  }

  /** In its turn, where it goes now. If that cannot be written down, its lease ends by itself. */
  async #later(message: Message, item: Claim, error: unknown): Promise<Delivery> {
    const { outbox, now } = this.#services;
    await outbox.giveBack(message, now(), item).catch(() => {});
    return { outcome: 'not sent', error };
  }
}

const isOld = (message: Message | PendingMessage, now: number): boolean =>
  'acceptedAt' in message && message.acceptedAt < now - keptFor;
