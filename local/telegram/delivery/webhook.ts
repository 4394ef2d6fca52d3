import type { StoredUpdate, Updates } from './updates.ts';

/** How a failed delivery is tried again; the first retry comes at once, as Telegram's does. */
export interface RetryDelays {
  /** Milliseconds before the second retry; each further one waits twice as long. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** How long a webhook may take to answer, milliseconds. */
  readonly timeoutMs: number;
}

/** Telegram's own (facts: first at once, then doubling to a minute or two; 60 s to answer). */
export const telegramDelays: RetryDelays = { firstMs: 2000, longestMs: 60_000, timeoutMs: 60_000 };

interface QueueState {
  inFlight: boolean;
  failures: number;
  /** Milliseconds since the epoch. */
  notBefore: number;
}

const longestRetryAfterS = 3600;

/**
 * Delivers updates to the webhook: one at a time in each queue, at most `max_connections` at once. A queue
 * whose update failed waits, the others go on.
 */
export class WebhookDelivery {
  readonly #updates: Updates;
  readonly #delays: RetryDelays;
  readonly #now: () => number;
  readonly #queues = new Map<string, QueueState>();
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #onReply: ((reply: Record<string, unknown>) => Promise<void>) | undefined;

  constructor(updates: Updates, delays: RetryDelays, now: () => number) {
    this.#updates = updates;
    this.#delays = delays;
    this.#now = now;
    updates.watch(() => this.wake());
  }

  /** Begins. `onReply` gets a JSON object in a webhook's answer: Telegram runs it as a method call. */
  start(onReply: (reply: Record<string, unknown>) => Promise<void>): void {
    this.#onReply = onReply;
    this.wake();
  }

  /** Delivers what can be delivered now. */
  wake(): void {
    clearTimeout(this.#timer);
    const { url, max_connections } = this.#updates.subscription;
    if (url === '' || this.#onReply === undefined || this.#ending.signal.aborted) return;
    const seen = new Set<string>();
    let soonest = Number.POSITIVE_INFINITY;
    for (const update of this.#updates.pending()) {
      if (this.#running.size >= max_connections) return;
      if (seen.has(update.queue)) continue;
      seen.add(update.queue);
      const queue = this.#queue(update.queue);
      if (queue.inFlight) continue;
      if (queue.notBefore <= this.#now()) this.#start(update, queue);
      else soonest = Math.min(soonest, queue.notBefore);
    }
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.wake(), Math.max(soonest - this.#now(), 0));
  }

  /** Forgets the waiting times: a new webhook is tried at once. */
  startAfresh(): void {
    for (const queue of this.#queues.values()) Object.assign(queue, { failures: 0, notBefore: 0 });
    this.wake();
  }

  /** Ends; deliveries under way are cut off and come again at the next start. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ending.abort();
    await Promise.all(this.#running);
  }

  #queue(name: string): QueueState {
    const queue = this.#queues.get(name) ?? { inFlight: false, failures: 0, notBefore: 0 };
    this.#queues.set(name, queue);
    return queue;
  }

  #start(update: StoredUpdate, queue: QueueState): void {
    queue.inFlight = true;
    const delivery = this.#deliver(update, queue).finally(() => {
      queue.inFlight = false;
      this.#running.delete(delivery);
      this.wake();
    });
    this.#running.add(delivery);
  }

  async #deliver(stored: StoredUpdate, queue: QueueState): Promise<void> {
    const { url, secret_token } = this.#updates.subscription;
    let failure: string;
    let retryAfter: number | undefined;
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(secret_token === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret_token }),
        },
        body: JSON.stringify(stored.update),
        signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(this.#delays.timeoutMs)]),
      });
      const answer = await response.text();
      if (response.ok) {
        this.#updates.taken([stored]);
        Object.assign(queue, { failures: 0, notBefore: 0 });
        await this.#runReply(answer);
        return;
      }
      failure = `Wrong response from the webhook: ${response.status} ${response.statusText}`.trim();
      retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      failure = reasonOf(error);
    }
    this.#postpone(queue, retryAfter);
    this.#note(url, failure);
  }

  /** For getWebhookInfo; a disk that is full must not stop deliveries over it. */
  #note(url: string, last_error_message: string): void {
    const { subscription } = this.#updates;
    if (subscription.url !== url) return;
    const last_error_date = Math.floor(this.#now() / 1000);
    try {
      this.#updates.subscribe({ ...subscription, last_error_date, last_error_message });
    } catch {
      // The next failure notes it again.
    }
  }

  #postpone(queue: QueueState, retryAfter: number | undefined): void {
    const { firstMs, longestMs } = this.#delays;
    const doubled = queue.failures === 0 ? 0 : firstMs * 2 ** Math.min(queue.failures - 1, 30);
    const asked =
      retryAfter !== undefined && retryAfter > 0 ? Math.min(retryAfter, longestRetryAfterS) * 1000 : 0;
    queue.notBefore = this.#now() + (asked || Math.min(doubled, longestMs));
    queue.failures += 1;
  }

  async #runReply(answer: string): Promise<void> {
    if (!answer.startsWith('{')) return;
    let reply: Record<string, unknown>;
    try {
      reply = JSON.parse(answer);
    } catch {
      return;
    }
    if (typeof reply.method === 'string') await this.#onReply?.(reply);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'Read timeout expired';
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  if (cause?.code === 'ECONNREFUSED') return 'Connection refused';
  return cause?.code === undefined ? 'Connection failed' : `Connection failed: ${cause.code}`;
}
