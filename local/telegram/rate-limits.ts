import { BotApiError } from './errors.ts';

/** So many messages in so many milliseconds. */
export interface RateLimit {
  readonly messages: number;
  readonly perMs: number;
}

/** How many messages a bot may send to one chat. */
export interface RateLimits {
  readonly group: RateLimit;
  readonly private: RateLimit;
}

/**
 * What Telegram says of itself (Bots FAQ, *My bot is hitting limits*): 20 messages a minute to one group; one a second
 * to one person, where "short bursts" are let through.
 */
export const telegramLimits: RateLimits = {
  group: { messages: 20, perMs: 60_000 },
  private: { messages: 5, perMs: 5_000 },
};

/** What puts a message into a chat; a chat action, an answer to a button and an edit are not counted. */
const counted = new Set(
  ['sendMessage', 'sendPhoto', 'sendAudio', 'sendDocument', 'sendVideo', 'sendVoice', 'sendMediaGroup'].map(
    (name) => name.toLowerCase(),
  ),
);

/** Refuses messages to a chat that had too many of late, as Telegram does. */
export class RateLimiter {
  readonly #limits: RateLimits | undefined;
  readonly #now: () => number;
  /** When the last messages of each chat were sent, milliseconds since 1970, oldest first. */
  readonly #sent = new Map<string, number[]>();
  /** How many calls were refused. */
  refused = 0;

  constructor(limits: RateLimits | undefined, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** @throws BotApiError 429, with the seconds after which the oldest message counts no more */
  count(method: string, chatId: string | undefined): void {
    if (!this.#limits || chatId === undefined || !counted.has(method.toLowerCase())) return;
    const { messages, perMs } = chatId.startsWith('-') ? this.#limits.group : this.#limits.private;
    const now = this.#now();
    const recent = (this.#sent.get(chatId) ?? []).filter((time) => time > now - perMs);
    this.#sent.set(chatId, recent);
    if (recent.length >= messages) {
      this.refused += 1;
      const seconds = Math.max(1, Math.ceil((recent[0]! + perMs - now) / 1000));
      throw new BotApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    recent.push(now);
  }
}
