import { type Clock, hour, minute } from '../clock.ts';
import type { Table } from '../stores/table.ts';
import { type Claim, type Claimed, Claims } from './claim.ts';
import { isOver, longestLease } from './lease.ts';
import { type Message, pendingKey, pendingPartition, pendingPrefix } from './message.ts';

/** How long a sender has a message for itself, in milliseconds: no Lambda that sends lives longer than a minute. */
export const sendLease = minute;

/** What could not be sent for so long is of no use to anybody. */
export const keptFor = 24 * hour;

/** A message that is not sent yet. */
export interface PendingMessage extends Message {
  /** Nobody need look at it before, milliseconds since 1970: somebody is sending it, or it was refused until then. */
  readonly notBefore: number;
  /** When it was written down, milliseconds since 1970. */
  readonly acceptedAt: number;
  /** Of an arrival: its name was told already, together with others. */
  readonly named?: boolean;
}

/**
 * All messages that are to be sent, each once (the pattern is known as transactional outbox).
 *
 * A message has its own item, on which it is claimed and marked, and an entry in one index of all that is not sent yet,
 * of every party and chat. The entry is written first and removed last: whatever dies on the way, whoever looks next
 * finds the message there, with all it takes to send it.
 */
export class Outbox {
  readonly #table: Table;
  readonly #claims: Claims;
  readonly #now: Clock;

  constructor(table: Table, now: Clock) {
    this.#table = table;
    this.#claims = new Claims(table, now);
    this.#now = now;
  }

  /**
   * From now on the message is not lost.
   *
   * @param notBefore milliseconds since 1970; for whoever sends it at once, its lease
   */
  async accept(message: Message, notBefore = this.#now() + sendLease): Promise<void> {
    const { kind, key, place, time, details } = message;
    const { pk, sk } = key;
    await this.#table.put({
      ...pendingKey(message),
      ...{ kind, key: { pk, sk }, place, time, details, notBefore },
      acceptedAt: this.#now(),
    });
  }

  /** Has a message for itself, for as long as a lease. */
  async claim<Item>({ key, details }: Message): Promise<Claimed<Item>> {
    return this.#claims.claim<Item>(key, sendLease, details);
  }

  /** Leaves a message to whoever looks next. */
  async leave(message: Message): Promise<Claimed<unknown>['outcome']> {
    const outcome = await this.#claims.leave(message.key, message.details);
    if (outcome === 'claimed') await this.#postpone(message, this.#now() - 1);
    return outcome;
  }

  /** It is in the chat. */
  async done(message: Message): Promise<void> {
    await this.#claims.done(message.key);
    await this.forget(message);
  }

  /** It will never be. */
  async drop(message: Message): Promise<void> {
    await this.#claims.drop(message.key);
    await this.forget(message);
  }

  /** It is surely not in the chat: anybody may try from `at` on, milliseconds since 1970. @param own as with a claim */
  async giveBack(message: Message, at: number, own?: Claim): Promise<void> {
    await this.#claims.giveBack(message.key, at, own);
    await this.#postpone(message, at);
  }

  /**
   * It may be in the chat, or is on its way there: nobody tries before the lease has ended, for twice is worse than late.
   */
  async leaveOpen(message: Message, leaseEnds = this.#now() + sendLease): Promise<void> {
    await this.#postpone(message, leaseEnds);
  }

  /** Of an arrival: its name was told together with others. Its own message is still to be sent. */
  async named(message: Message, own?: Claim): Promise<void> {
    const named = true;
    await this.#table.update(message.key, 'SET #named = :named', { named }, exists);
    await this.#table.update(pendingKey(message), 'SET #named = :named', { named }, exists);
    await this.giveBack(message, this.#now() - 1, own);
  }

  /** Takes a message off the index: it is done, or to be sent by somebody else's decision alone. */
  async forget(message: Message): Promise<void> {
    await this.#table.delete(pendingKey(message));
  }

  /** What is not sent yet, in the order in which it is to be: of one chat, or of all. */
  async pending(chatId?: number): Promise<PendingMessage[]> {
    return this.#table.query<PendingMessage>(
      pendingPartition,
      chatId === undefined ? '' : pendingPrefix(chatId),
    );
  }

  async #postpone(message: Message, notBefore: number): Promise<void> {
    const values = { notBefore: Math.min(notBefore, this.#now() + longestLease) };
    await this.#table.update(pendingKey(message), 'SET #notBefore = :notBefore', values, exists);
  }
}

/** What another has sent and removed meanwhile, or a host has had forgotten, does not come back. */
const exists = 'attribute_exists(#pk)';

/** Whether a message may be sent now, as far as is known. */
export const isDue = ({ notBefore }: PendingMessage, now: number): boolean => isOver(notBefore, now);
