import type { Change, Journal, Table } from './journal.ts';

/** Somebody who asks to join a group. */
export interface JoinRequest {
  readonly chatId: number;
  readonly userId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * For so long the bot may write to who asks, though they never wrote to it (Bot API, *ChatJoinRequest*,
 * `user_chat_id`).
 */
const contactableFor = 5 * 60_000;

/** The requests to join that nobody has answered. */
export class JoinRequests {
  readonly #table: Table<JoinRequest>;
  readonly #now: () => number;

  constructor(journal: Journal, now: () => number) {
    this.#table = journal.table('join requests');
    this.#now = now;
  }

  find(chatId: number, userId: number): JoinRequest | undefined {
    return this.#table.rows.get(keyOf(chatId, userId));
  }

  put(request: JoinRequest): Change {
    return this.#table.put(keyOf(request.chatId, request.userId), request);
  }

  remove({ chatId, userId }: JoinRequest): Change {
    return this.#table.remove(keyOf(chatId, userId));
  }

  /** Whether the bot may write to somebody because they asked to join a group of its. */
  makeContactable(userId: number): boolean {
    return [...this.#table.rows.values()].some(
      (request) => request.userId === userId && request.at + contactableFor > this.#now(),
    );
  }
}

const keyOf = (chatId: number, userId: number): string => `${chatId} ${userId}`;
