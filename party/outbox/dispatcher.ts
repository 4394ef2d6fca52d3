import { type Clock, type Pause, second } from '../clock.ts';
import {
  ChatGoneError,
  ChatMovedError,
  NotSentError,
  TooManyMessagesError,
  UnsendableError,
} from '../errors.ts';
import type { Log } from '../log.ts';
import { loggable } from '../loggable.ts';
import type { Metrics } from '../metrics.ts';
import type { Parties } from '../parties/parties.ts';
import type { Claim, Claimed } from './claim.ts';
import type { Deliveries, Fresh } from './deliveries.ts';
import { type Destination, type Destinations, hasOther, type Turn } from './destinations.ts';
import { type Message, type Place, pendingKey, placeOf } from './message.ts';
import { isDue, keptFor, type Outbox, type PendingMessage } from './outbox.ts';

/**
 * What came of a message:
 *
 * - `sent`: it is in the chat, and marked so;
 * - `not sent`: surely not; it is tried again from the error's `retryAt` on;
 * - `perhaps sent`: nobody knows, or the mark could not be written; it is tried again when the lease has ended;
 * - `waits`: the chat takes no messages now, or others come first; it is sent in its turn;
 * - `in progress`: another has it, or it waits for its next try;
 * - `done`: it was sent before; `dropped`: it never will be.
 */
export type Delivery =
  | { readonly outcome: 'sent' | 'waits' | 'in progress' | 'done' | 'dropped' }
  | { readonly outcome: 'not sent' | 'perhaps sent'; readonly error: unknown };

/** What sending needs of the services. */
export interface DispatcherServices {
  readonly outbox: Outbox;
  readonly destinations: Destinations;
  readonly parties: Pick<Parties, 'moveChat'>;
  readonly now: Clock;
  readonly pause: Pause;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** How long who looks for pending messages may send. */
export interface Patience {
  /** No message is begun after this, milliseconds since 1970. */
  readonly until: number;
  /** Whether to wait for a chat that will take messages again before that. */
  readonly waits?: boolean;
  /** Only one chat's. */
  readonly chatId?: number;
}

/** Who has something to send to a chat that is behind helps it along for so long, in milliseconds. */
const helpsFor = second;
/** So many arrivals go into one message, at most. */
const namedTogether = 40;

/**
 * Sends messages, now or when their chat takes them: the one way to the chat for whatever people are told unasked.
 *
 * A chat that takes messages gets them at once, side by side. One that does not is held for all; then one sender at a
 * time sends what waits, arrivals first. A chat that moved is followed, and in the place of one that is gone the
 * party's host is told.
 */
export class Dispatcher {
  readonly #services: DispatcherServices;
  readonly #deliveries: Deliveries;

  /** @param deliveries is handed what sends a message, for those who have to tell somebody else */
  constructor(
    services: DispatcherServices,
    deliveries: (send: (message: Message) => Promise<Delivery>) => Deliveries,
  ) {
    this.#services = services;
    this.#deliveries = deliveries((message) => this.send(message));
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
    return this.#claimAndSend(message, to, fresh);
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
      if (!to.isBehind && (await this.#isNext(message))) return await this.#deliver(message, item, to);
      await outbox.giveBack(message, now() - 1);
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
  async sendPending({ until, waits = false, chatId }: Patience): Promise<number> {
    const { outbox, now, log } = this.#services;
    const pending = await outbox.pending(chatId);
    const chats = new Set(pending.map(({ place }) => place.chatId));
    const sent = await Promise.allSettled([...chats].map((chat) => this.#sendChat(chat, { until, waits })));
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

  /** In a chat that is behind, a message has its turn after what comes before it. */
  async #leave(message: Message, to: Destination, left: Claimed<unknown>['outcome']): Promise<Delivery> {
    const { outbox, now } = this.#services;
    if (left === 'done' || left === 'dropped') await outbox.forget(message);
    if (left !== 'claimed') return { outcome: left };
    if (to.heldUntil === undefined) await this.#sendChat(message.place.chatId, { until: now() + helpsFor });
    return { outcome: 'waits' };
  }

  async #sendChat(chatId: number, { until, waits = false }: Patience): Promise<void> {
    const { outbox, destinations, now, pause } = this.#services;
    for (;;) {
      const next = nextOf(await outbox.pending(chatId), now());
      if (!next || !this.#can(next)) return;
      const { place, heldUntil = 0 } = await destinations.of(next.place);
      const opens = Math.max(isDue(next, now()) ? 0 : next.notBefore, heldUntil) + 1;
      if (opens > until || now() > until) return;
      if (opens > now()) {
        if (!waits) return;
        await pause(opens - now());
        continue;
      }
      const turn = await destinations.takeTurn(place.chatId);
      if (!turn || !(await this.#sendInTurn(turn, chatId, until))) return;
    }
  }

  /** @returns true when there may be more for whoever has the next turn */
  async #sendInTurn(turn: Turn, chatId: number, until: number): Promise<boolean> {
    const { outbox, destinations, now } = this.#services;
    try {
      while (now() <= until) {
        const due = (await outbox.pending(chatId)).filter((one) => isDue(one, now()));
        const [next] = due;
        if (!next) {
          await turn.finish();
          // Who came meanwhile found the turn taken, and left it to this one.
          return (await outbox.pending(chatId)).some((one) => isDue(one, now()));
        }
        if (!this.#can(next)) return false;
        const to = await destinations.of(next.place);
        if (to.heldUntil !== undefined || to.place.chatId !== turn.chatId) return true;
        if (!(await turn.renew())) return false;
        await this.#sendNext(due, to);
      }
      return false;
    } finally {
      await turn.release();
    }
  }

  /** Arrivals whose names nobody has heard come first, several in one message; each one's own follows. */
  async #sendNext(due: readonly PendingMessage[], to: Destination): Promise<void> {
    const unheard = due.filter(({ kind, named }) => kind === 'arrival' && !named).slice(0, namedTogether);
    const [first] = unheard;
    if (unheard.length > 1 && this.#deliveries.together) await this.#nameTogether(unheard, to);
    else await this.#claimAndSend(first ?? due[0]!, to, {});
  }

  async #nameTogether(messages: readonly Message[], to: Destination): Promise<void> {
    const { outbox } = this.#services;
    const claimed = await Promise.all(
      messages.map(async (message) => ({ message, claimed: await this.#claimed(message) })),
    );
    const ours = claimed.flatMap(({ message, claimed }) => (claimed ? [{ message, item: claimed }] : []));
    if (ours.length === 0) return;
    const outcome = await this.#outcomeOf(() =>
      this.#deliveries.together!(
        ours.map(({ item }) => item),
        to.place,
      ),
    );
    await Promise.all(
      ours.map(({ message }) =>
        outcome === undefined ? outbox.named(message) : this.#failed(message, to, outcome.error),
      ),
    );
  }

  async #claimed(message: Message): Promise<Claim | undefined> {
    const { outbox } = this.#services;
    const claimed = await outbox.claim<object>(message);
    if (claimed.outcome === 'claimed') return claimed.item;
    if (claimed.outcome === 'in progress') await outbox.leaveOpen(message, claimed.leaseEnds);
    else await outbox.forget(message);
    return undefined;
  }

  async #claimAndSend(message: Message, to: Destination, fresh: Fresh): Promise<Delivery> {
    const { outbox } = this.#services;
    const claimed = await outbox.claim<object>(message);
    if (claimed.outcome === 'claimed') return this.#deliver(message, claimed.item, to, fresh);
    if (claimed.outcome === 'in progress') await outbox.leaveOpen(message, claimed.leaseEnds);
    else await outbox.forget(message);
    return { outcome: claimed.outcome };
  }

  /** Sends a message that is ours. Never throws. */
  async #deliver(message: Message, item: Claim, to: Destination, fresh: Fresh = {}): Promise<Delivery> {
    const { outbox, now } = this.#services;
    const failed = await this.#outcomeOf(async () => {
      if (isOld(message, now())) throw new UnsendableError('It is a day old.');
      const deliver = this.#deliveries[message.kind];
      if (!deliver) throw new NotSentError(`A ${message.kind} is another's to send.`, now());
      await deliver(item, to.place, fresh);
      await outbox.done(message);
    });
    return failed ? this.#failed(message, to, failed.error, { item, fresh }) : { outcome: 'sent' };
  }

  async #outcomeOf(work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
    try {
      await work();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /**
   * What becomes of a message that failed. If what is to be written down cannot be, the lease ends by itself.
   *
   * @param again with it, the message is sent at once where it goes now
   */
  async #failed(
    message: Message,
    to: Destination,
    error: unknown,
    again?: { readonly item: Claim; readonly fresh: Fresh },
  ): Promise<Delivery> {
    const { outbox, destinations, now, log, metrics } = this.#services;
    try {
      if (error instanceof UnsendableError) {
        log.warn('A message was dropped', { kind: message.kind, ...loggable(error) });
        await outbox.drop(message);
        return { outcome: 'dropped' };
      }
      metrics.count('MessagesNotSent');
      const sure = error instanceof NotSentError;
      log.warn('A message was not sent', { kind: message.kind, sure, ...loggable(error) });
      if (!sure) {
        await outbox.leaveOpen(message);
        return { outcome: 'perhaps sent', error };
      }
      if (await this.#goesElsewhere(message, to, error)) {
        const there = await destinations.of(message.place);
        if (again && !there.isBehind) return await this.#deliver(message, again.item, there, again.fresh);
        await outbox.giveBack(message, now());
        return { outcome: 'not sent', error };
      }
      if (error instanceof TooManyMessagesError || error instanceof ChatGoneError)
        await destinations.hold(to.place.chatId, error.retryAt);
      await outbox.giveBack(message, Math.max(error.retryAt, now()));
      return { outcome: 'not sent', error };
    } catch {
      return { outcome: 'perhaps sent', error };
    }
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
    log.warn('A chat cannot be written to', { kind: message.kind, ...loggable(error) });
    await this.#deliveries.chatGone?.(place);
    await destinations.gone(place);
    return true;
  }

  #can({ kind }: Message): boolean {
    return this.#deliveries[kind] !== undefined;
  }
}

/** The first of those that may be sent now, in their order; or else the one that may be sent soonest. */
function nextOf(pending: readonly PendingMessage[], now: number): PendingMessage | undefined {
  const due = pending.find((one) => isDue(one, now));
  return due ?? [...pending].sort((a, b) => a.notBefore - b.notBefore)[0];
}

const isOld = (message: Message | PendingMessage, now: number): boolean =>
  'acceptedAt' in message && message.acceptedAt < now - keptFor;
