import { randomInt } from 'node:crypto';
import { badRequest } from '../errors.ts';
import type { Change, Journal, Table } from '../state/journal.ts';
import { queryLifeMs } from './updates.ts';

/** A button that was pressed. */
export interface StoredQuery {
  readonly person_id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Button presses that can still be answered: each once, within 150 s. */
export class Queries {
  readonly #table: Table<StoredQuery>;
  readonly #now: () => number;

  constructor(journal: Journal, now: () => number) {
    this.#table = journal.table('queries');
    this.#now = now;
  }

  /** A new query's id, and the changes that keep it and forget those too old to be answered. */
  ask(personId: number): { id: string; changes: Change[] } {
    const id = `${randomInt(2 ** 31, 2 ** 47)}${randomInt(10_000, 99_999)}`;
    const old = [...this.#table.rows].filter(([, query]) => this.#isLate(query)).map(([key]) => key);
    const changes = old.map((key) => this.#table.remove(key));
    return { id, changes: [...changes, this.#table.put(id, { person_id: personId, at: this.#now() })] };
  }

  /**
   * Who pressed, and the change that marks the query as answered.
   * @throws BotApiError 400 for a query that is unknown, too old or already answered.
   */
  answer(id: string): { personId: number; change: Change } {
    const query = this.#table.rows.get(id);
    if (query === undefined || this.#isLate(query)) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    return { personId: query.person_id, change: this.#table.remove(id) };
  }

  #isLate(query: StoredQuery): boolean {
    return query.at + queryLifeMs <= this.#now();
  }
}
