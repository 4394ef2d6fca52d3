import type { Mirrored, OpenOptions } from '../../disk/damage.ts';
import { MirroredLog } from '../../disk/mirrored-log.ts';

/** A row written (with a value) or removed (without). */
export type Change = readonly [table: string, key: string, value?: unknown];

/** One table of the journal: rows by key, in the order in which they were first written. */
export interface Table<T> {
  readonly rows: ReadonlyMap<string, T>;
  /** The change that writes a row; nothing happens until it is committed. */
  put(key: string, value: T): Change;
  /** The change that removes a row. */
  remove(key: string): Change;
  /** Calls back after each commit, once for every changed row; `undefined` for a removed one. */
  watch(listener: (key: string, value: T | undefined) => void): void;
}

type Listener = (key: string, value: unknown) => void;

const countersKey = 'counters';
const fewStale = 2000;

/**
 * Tables in memory, kept by an append-only log with a copy: one line a commit, so a commit is there whole or not at
 * all, and is with the operating system before `commit` returns, which is what survives `kill -9`.
 */
export class Journal {
  readonly #log: MirroredLog<readonly Change[]>;
  readonly #tables = new Map<string, Map<string, unknown>>();
  readonly #listeners = new Map<string, Listener[]>();
  /** Counters taken from since the last commit. */
  readonly #taken = new Set<string>();
  #lines = 0;

  /**
   * @param mark a small file elsewhere, that tells how far the journal went
   * @throws DamagedError when lines are readable neither in the journal nor in its copy
   */
  constructor(place: Mirrored, mark: string, options: OpenOptions = {}) {
    this.#log = new MirroredLog(place, {
      ...options,
      mark,
      lost: 'messages, people and groups of the chat on the page',
    });
    for (const changes of this.#log.take()) {
      this.#apply(changes);
      this.#lines++;
    }
    this.#rewriteIfStale();
  }

  /** The table of a name; all uses of a name share it. */
  table<T>(name: string): Table<T> {
    return {
      rows: this.#rows(name) as Map<string, T>,
      put: (key, value) => [name, key, value],
      remove: (key) => [name, key],
      watch: (listener) => {
        this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener as Listener]);
      },
    };
  }

  /** The next number of a counter, from `first` on, never given twice; it is written with the next commit. */
  take(counter: string, first = 1): number {
    const counters = this.#rows(countersKey);
    const value = ((counters.get(counter) as number | undefined) ?? first - 1) + 1;
    counters.set(counter, value);
    this.#taken.add(counter);
    return value;
  }

  /** Writes changes, all or none, then tells those who watch. Throws when the disk does not take them. */
  commit(changes: readonly Change[]): void {
    const counters = this.#rows(countersKey);
    const counted = [...this.#taken].map((name): Change => [countersKey, name, counters.get(name)]);
    const all = [...changes, ...counted];
    if (all.length === 0) return;
    this.#log.append(all);
    this.#lines++;
    this.#taken.clear();
    this.#apply(all);
    this.#rewriteIfStale();
    for (const [table, key, value] of all) {
      for (const listener of this.#listeners.get(table) ?? []) listener(key, value);
    }
  }

  /** Writes the journal anew with what is there now: nothing that was removed is on the disk any more. */
  compact(): void {
    const rows = [...this.#tables].flatMap(([name, table]) =>
      [...table].map(([key, value]): Change => [name, key, value]),
    );
    this.#log.rewrite(rows.map((row) => [row]));
    this.#lines = rows.length;
  }

  close(): void {
    this.#log.close();
  }

  #rows(name: string): Map<string, unknown> {
    const rows = this.#tables.get(name) ?? new Map<string, unknown>();
    this.#tables.set(name, rows);
    return rows;
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) {
      const rows = this.#rows(change[0]);
      if (change.length === 2) rows.delete(change[1]);
      else rows.set(change[1], change[2]);
    }
  }

  /** Most of the journal is stale at times: then it is written anew without that. */
  #rewriteIfStale(): void {
    let count = 0;
    for (const table of this.#tables.values()) count += table.size;
    if (this.#lines - count > Math.max(fewStale, count)) this.compact();
  }
}
