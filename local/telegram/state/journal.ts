import { readFileSync, renameSync, rmSync } from 'node:fs';
import { JsonLines } from '../../disk/json-lines.ts';

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
const compactAfterStaleLines = 2000;

/** The journal on disk could not be read: it was damaged by something other than a sudden end. */
export class JournalError extends Error {
  override name = 'JournalError';
}

/**
 * Tables in memory, kept by an append-only file: one line a commit, so a commit is there whole or not at
 * all, and is with the operating system before `commit` returns, which is what survives `kill -9`.
 */
export class Journal {
  readonly #file: string;
  readonly #tables = new Map<string, Map<string, unknown>>();
  readonly #listeners = new Map<string, Listener[]>();
  /** Counters taken from since the last commit. */
  readonly #taken = new Set<string>();
  #lines: JsonLines<readonly Change[]>;

  /** @throws JournalError when a line is not readable; one cut short at the end is dropped. */
  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file);
    const count = this.#replay();
    const rows = [...this.#tables.values()].reduce((sum, table) => sum + table.size, 0);
    if (count - rows > compactAfterStaleLines) this.#compact();
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
    this.#lines.append(all);
    this.#taken.clear();
    this.#apply(all);
    for (const [table, key, value] of all) {
      for (const listener of this.#listeners.get(table) ?? []) listener(key, value);
    }
  }

  close(): void {
    this.#lines.close();
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

  /** Reads the whole file; gives the number of its lines. */
  #replay(): number {
    const lines = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) {
      try {
        this.#apply(JSON.parse(line) as Change[]);
      } catch (cause) {
        const what = `${this.#file}, line ${index + 1}, is not readable.`;
        throw new JournalError(`${what} Remove that line, or move the file away to begin anew.`, { cause });
      }
    }
    return lines.length;
  }

  #compact(): void {
    const fresh = `${this.#file}.next`;
    rmSync(fresh, { force: true });
    const lines = new JsonLines<readonly Change[]>(fresh);
    for (const [name, rows] of this.#tables) {
      for (const [key, value] of rows) lines.append([[name, key, value]]);
    }
    this.#lines.close();
    renameSync(fresh, this.#file);
    this.#lines = lines;
  }
}
