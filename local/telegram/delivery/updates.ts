import { randomInt } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Change, Journal, Table } from '../state/journal.ts';

/** The kinds of update that a bot can ask for. */
export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** An update that waits for the bot. */
export interface StoredUpdate {
  readonly update: Update;
  /** Updates of one queue are delivered one after another: a chat's messages, a user's button presses. */
  readonly queue: string;
  /** Milliseconds since the epoch; after that Telegram gives up. */
  readonly expires: number;
}

/** Where updates go, as setWebhook or getUpdates last said. */
export interface Subscription {
  /** Empty without a webhook. */
  readonly url: string;
  readonly secret_token?: string;
  readonly max_connections: number;
  readonly allowed_updates?: readonly UpdateKind[];
  readonly last_error_date?: number;
  readonly last_error_message?: string;
}

/** A new journal's first number is any of these: "chosen randomly instead of sequentially" (Bot API, Update). */
const firstUpdateIds = [100_000_000, 1_000_000_000] as const;
const messageLifeMs = 24 * 60 * 60 * 1000;
/** A button press that is not delivered by then is dropped, and can no longer be answered. */
export const queryLifeMs = 150 * 1000;
const onlyWhenAsked = new Set<UpdateKind>(['chat_member', 'message_reaction', 'message_reaction_count']);
const noWebhook: Subscription = { url: '', max_connections: 40 };

/** Updates on disk, from the moment something happened until the bot has taken them. */
export class Updates {
  readonly #journal: Journal;
  readonly #table: Table<StoredUpdate>;
  readonly #settings: Table<Subscription>;
  readonly #now: () => number;
  readonly #onTaken = new Set<(updates: readonly StoredUpdate[]) => void>();
  /**
   * Where the numbers of a journal that has none yet begin. They are not those of a journal that was here before: the
   * bot remembers what it has handled, and would take new updates for old ones.
   */
  readonly #firstId = randomInt(...firstUpdateIds);

  constructor(journal: Journal, now: () => number) {
    this.#journal = journal;
    this.#table = journal.table('updates');
    this.#settings = journal.table('subscription');
    this.#now = now;
  }

  get subscription(): Subscription {
    return this.#settings.rows.get('now') ?? noWebhook;
  }

  subscribe(subscription: Subscription): void {
    this.#journal.commit([this.#settings.put('now', subscription)]);
  }

  /** The changes that queue an update; none when the bot did not ask for its kind. */
  offer(content: Omit<Update, 'update_id'>, queue: string): Change[] {
    const kind = Object.keys(content)[0] as UpdateKind;
    const asked = this.subscription.allowed_updates;
    if (asked?.length ? !asked.includes(kind) : onlyWhenAsked.has(kind)) return [];
    const update_id = this.#journal.take('update', this.#firstId);
    const expires = this.#now() + (kind === 'callback_query' ? queryLifeMs : messageLifeMs);
    return [this.#table.put(String(update_id), { update: { update_id, ...content }, queue, expires })];
  }

  /** What waits, oldest first; what is too old is dropped here. */
  pending(): StoredUpdate[] {
    const waiting = [...this.#table.rows.values()];
    const late = waiting.filter(({ expires }) => expires <= this.#now());
    this.#journal.commit(late.map(({ update }) => this.#table.remove(String(update.update_id))));
    return waiting.filter(({ expires }) => expires > this.#now());
  }

  /** Takes updates off the queue: the bot has them. */
  taken(updates: readonly StoredUpdate[]): void {
    const there = updates.filter(({ update }) => this.#table.rows.has(String(update.update_id)));
    this.#journal.commit(there.map(({ update }) => this.#table.remove(String(update.update_id))));
    for (const listener of this.#onTaken) listener(there);
  }

  /** Calls back with the updates that the bot has taken, each time. */
  watchTaken(listener: (updates: readonly StoredUpdate[]) => void): void {
    this.#onTaken.add(listener);
  }

  /** Calls back after each new update. */
  watch(listener: () => void): void {
    this.#table.watch((_id, update) => {
      if (update !== undefined) listener();
    });
  }
}
