import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, second } from '../../party/clock.ts';

/** What becomes of something that could not be sent: `later` is tried again, `never` would be refused again. */
export type Failure = 'later' | 'never';

/** How a queue sends. */
export interface SendQueueOptions<T> {
  readonly send: (what: T) => Promise<void>;
  /** Told of each failure. */
  readonly onFailure: (error: unknown) => Failure;
  /** Told of each success after a failure. */
  readonly onRecovery?: () => void;
  /** What has waited so long means nothing any more: milliseconds. */
  readonly maxAge: number;
  /** No more than so many wait; the oldest give way. */
  readonly maxLength: number;
  /** A clock that nobody sets, milliseconds. */
  readonly now: Clock;
  /** The pause after a failure, milliseconds; twice as long after each further one, up to `longestPause`. */
  readonly pause?: number;
  readonly longestPause?: number;
}

interface Waiting<T> {
  readonly what: T;
  /** By the clock that nobody sets. */
  readonly since: number;
}

/**
 * Sends one thing after another, and keeps what cannot be sent now for as long as it means something: the internet at
 * home goes away and comes back.
 */
export class SendQueue<T> {
  readonly #options: SendQueueOptions<T>;
  readonly #waiting: Waiting<T>[] = [];
  #sending: Promise<void> | undefined;
  readonly #closing = new AbortController();
  /** Since it last worked. */
  #failures = 0;
  #dropped = 0;
  #droppedBeforeRecovery = 0;

  constructor(options: SendQueueOptions<T>) {
    this.#options = options;
  }

  /** How many were never sent: too old, too many, or refused. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many of these had been dropped when sending last worked again after a failure. */
  get droppedBeforeRecovery(): number {
    return this.#droppedBeforeRecovery;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** For how long the oldest has waited, milliseconds; 0 when nothing waits. */
  get waitedFor(): number {
    const [oldest] = this.#waiting;
    return oldest ? this.#options.now() - oldest.since : 0;
  }

  put(what: T): void {
    if (this.#closing.signal.aborted) return;
    this.#waiting.push({ what, since: this.#options.now() });
    this.#dropOld();
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Takes nothing more, and gives what waits a last chance, for so many milliseconds. */
  async close(patience: number): Promise<void> {
    this.#closing.abort();
    await Promise.race([this.#sending, delay(patience, undefined, { ref: false })]);
  }

  async #sendAll(): Promise<void> {
    const { send, onFailure, onRecovery, pause = second, longestPause = 10 * second } = this.#options;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await send(next.what);
        if (this.#failures > 0) {
          this.#droppedBeforeRecovery = this.#dropped;
          onRecovery?.();
        }
        this.#failures = 0;
      } catch (error) {
        this.#failures += 1;
        if (onFailure(error) === 'never') {
          this.#dropped += 1;
          continue;
        }
        this.#waiting.unshift(next);
        if (this.#closing.signal.aborted) return;
        const length = Math.min(longestPause, pause * 2 ** (this.#failures - 1));
        await delay(length, undefined, { signal: this.#closing.signal, ref: false }).catch(() => {});
      }
      this.#dropOld();
    }
  }

  #dropOld(): void {
    const { maxAge, maxLength, now } = this.#options;
    const tooOld = now() - maxAge;
    while (this.#waiting[0] && (this.#waiting[0].since < tooOld || this.#waiting.length > maxLength)) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
  }
}
