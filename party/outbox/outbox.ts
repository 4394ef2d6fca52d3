import { minute } from '../clock.ts';
import { NotSentError } from '../errors.ts';
import type { Key } from '../stores/table.ts';
import type { Claim, Claims } from './claim.ts';

/** How long a sender has a message for itself, in milliseconds: no Lambda that sends lives longer than a minute. */
export const sendLease = minute;

/**
 * What came of a message:
 *
 * - `sent`: it is in the chat, and marked so;
 * - `not sent`: surely not; anybody may try again from the error's `retryAt` on;
 * - `perhaps sent`: nobody knows, or the mark could not be written; anybody may try again when the lease has ended,
 *   for twice is worse than late;
 * - `in progress`: another has it, or it waits for its next try;
 * - `done`: it was sent before.
 */
export type Delivery = SendOutcome | { readonly outcome: 'in progress' | 'done' };

/** What came of a message that the sender had for itself. */
export type SendOutcome =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'not sent'; readonly error: NotSentError }
  | { readonly outcome: 'perhaps sent'; readonly error: unknown };

/**
 * Sends each message once, though many may ask for it: claimed, sent, and marked as done (the pattern is known as
 * transactional outbox). Whoever dies on the way leaves a claim whose lease ends, and the next who looks goes on.
 *
 * A send says in one way that the message is surely not in the chat: by a NotSentError, which also says when to try
 * again. Any other error leaves that open.
 */
export class Outbox {
  readonly #claims: Claims;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  /**
   * Claims a message and sends it, unless another has.
   *
   * @param key the message's item
   * @param details kept on the item by the first claim; a later claim leaves them as they are
   * @param send gets the item as it is kept
   * @throws only when the claim could not be written, and so nothing was sent
   */
  async send<Item>(
    key: Key,
    details: Readonly<Record<string, unknown>>,
    send: (item: Item & Claim) => Promise<void>,
  ): Promise<Delivery> {
    const claimed = await this.#claims.claim<Item>(key, sendLease, details);
    if (claimed.outcome !== 'claimed') return claimed;
    return this.sendClaimed(key, () => send(claimed.item));
  }

  /** Sends a message that the caller has claimed. Never throws. */
  async sendClaimed(key: Key, send: () => Promise<void>): Promise<SendOutcome> {
    try {
      await send();
      await this.#claims.done(key);
      return { outcome: 'sent' };
    } catch (error) {
      if (!(error instanceof NotSentError)) return { outcome: 'perhaps sent', error };
      // If this fails, the lease ends by itself.
      await this.#claims.giveBack(key, error.retryAt).catch(() => {});
      return { outcome: 'not sent', error };
    }
  }
}
