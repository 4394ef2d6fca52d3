import type { Update } from 'grammy/types';
import { BotApiError } from '../errors.ts';
import type { Updates } from './updates.ts';

/** What getUpdates asks for. */
export interface PollRequest {
  /** The first update wanted; all before it are confirmed. Negative: counted from the end of the queue. */
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
  /** Aborted when the caller has gone away. */
  readonly signal: AbortSignal;
}

/** Long polling: one caller at a time; a second one ends the first with 409, as on Telegram. */
export class Polling {
  readonly #updates: Updates;
  #waiting: ((reason: 'update' | 'conflict' | 'end') => void) | undefined;

  constructor(updates: Updates) {
    this.#updates = updates;
    updates.watch(() => this.#waiting?.('update'));
  }

  /** @throws BotApiError 409 while a webhook is set, or when another caller came. */
  async poll(request: PollRequest): Promise<Update[]> {
    this.#refuseWithWebhook();
    this.#waiting?.('conflict');
    this.#confirm(request.offset);
    const there = this.#first(request.limit);
    if (there.length > 0 || request.timeoutMs === 0) return there;
    const reason = await this.#wait(request);
    if (reason === 'conflict') {
      const only = 'make sure that only one bot instance is running';
      throw new BotApiError(409, `Conflict: terminated by other getUpdates request; ${only}`);
    }
    this.#refuseWithWebhook();
    return this.#first(request.limit);
  }

  /** Ends the call that waits: a webhook was set, or the stand-in closes. */
  end(): void {
    this.#waiting?.('end');
  }

  #refuseWithWebhook(): void {
    if (this.#updates.subscription.url === '') return;
    const how = 'use deleteWebhook to delete the webhook first';
    throw new BotApiError(409, `Conflict: can't use getUpdates method while webhook is active; ${how}`);
  }

  #confirm(offset: number): void {
    const pending = this.#updates.pending();
    if (offset > 0) this.#updates.taken(pending.filter(({ update }) => update.update_id < offset));
    if (offset < 0) this.#updates.taken(pending.slice(0, offset));
  }

  #first(limit: number): Update[] {
    return this.#updates
      .pending()
      .slice(0, limit)
      .map(({ update }) => update);
  }

  #wait({ timeoutMs, signal }: PollRequest): Promise<'update' | 'conflict' | 'end'> {
    return new Promise((resolve) => {
      const finish = (reason: 'update' | 'conflict' | 'end') => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        if (this.#waiting === finish) this.#waiting = undefined;
        resolve(reason);
      };
      const onAbort = () => finish('end');
      const timer = setTimeout(onAbort, timeoutMs);
      signal.addEventListener('abort', onAbort);
      this.#waiting = finish;
      if (signal.aborted) finish('end');
    });
  }
}
