import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

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

const COUNTERS = 'counters';
const COMPACT_AFTER_STALE_LINES = 2000;

/** The journal on disk could not be read: it was damaged by something other than a sudden end. */
export class JournalError extends Error {
  override name = 'JournalError';
}

/**
 * Tables in memory, kept by an append-only file: one line a commit, so a commit is there whole or not at
 * all. Lines go to the operating system before `commit` returns, which is what survives `kill -9`; a line
 * cut short by a sudden end is dropped when the file is read.
 */
export class Journal {
  readonly #file: string;
  readonly #tables = new Map<string, Map<string, unknown>>();
  readonly #listeners = new Map<string, Array<(key: string, value: unknown) => void>>();
  readonly #taken = new Set<string>();
  #descriptor: number;
  #length: number;

  /** @throws JournalError when a line before the last one is not readable. */
  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    const lines = this.#replay();
    this.#descriptor = openSync(file, existsSync(file) ? 'r+' : 'w');
    this.#length = fstatSync(this.#descriptor).size;
    const rows = [...this.#tables.values()].reduce((sum, table) => sum + table.size, 0);
    if (lines === undefined || lines - rows > COMPACT_AFTER_STALE_LINES) this.#compact();
  }

  /** The table of a name; all uses of a name share it. */
  table<T>(name: string): Table<T> {
    return {
      rows: this.#rows(name) as Map<string, T>,
      put: (key, value) => [name, key, value],
      remove: (key) => [name, key],
      watch: (listener) => {
        const listeners = this.#listeners.get(name) ?? [];
        listeners.push(listener as (key: string, value: unknown) => void);
        this.#listeners.set(name, listeners);
      },
    };
  }

  /** The names of the tables that begin with a prefix. */
  tableNames(prefix: string): string[] {
    return [...this.#tables.keys()].filter((name) => name.startsWith(prefix));
  }

  /** The next number of a counter, from `first` on, never given twice; it is written with the next commit. */
  take(counter: string, first = 1): number {
    const counters = this.#rows(COUNTERS);
    const value = ((counters.get(counter) as number | undefined) ?? first - 1) + 1;
    counters.set(counter, value);
    this.#taken.add(counter);
    return value;
  }

  /** Writes changes, all or none, then tells those who watch. */
  commit(changes: readonly Change[]): void {
    const counters = this.#rows(COUNTERS);
    const all = [...changes, ...[...this.#taken].map((name): Change => [COUNTERS, name, counters.get(name)])];
    if (all.length === 0) return;
    this.#append(Buffer.from(`${JSON.stringify(all)}\n`));
    this.#taken.clear();
    this.#apply(all);
    for (const [table, key, value] of all) {
      for (const listener of this.#listeners.get(table) ?? []) listener(key, value);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #rows(name: string): Map<string, unknown> {
    const rows = this.#tables.get(name) ?? new Map<string, unknown>();
    this.#tables.set(name, rows);
    return rows;
  }

  /** A line that did not fit on the disk is taken back, so that the next one starts where it should. */
  #append(line: Buffer): void {
    try {
      for (let done = 0; done < line.length; ) {
        done += writeSync(this.#descriptor, line, done, line.length - done, this.#length + done);
      }
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#length);
      throw error;
    }
    this.#length += line.length;
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) {
      const rows = this.#rows(change[0]);
      if (change.length === 2) rows.delete(change[1]);
      else rows.set(change[1], change[2]);
    }
  }

  /** The number of lines read, or undefined when the end was cut short and the file must be rewritten. */
  #replay(): number | undefined {
    if (!existsSync(this.#file)) return 0;
    const lines = readFileSync(this.#file, 'utf8').split('\n');
    const tail = lines.pop();
    for (const [index, line] of lines.entries()) {
      try {
        this.#apply(JSON.parse(line) as Change[]);
      } catch (cause) {
        throw new JournalError(`${this.#file}, line ${index + 1}, is not readable.`, { cause });
      }
    }
    return tail === '' ? lines.length : undefined;
  }

  #compact(): void {
    const next = `${this.#file}.next`;
    closeSync(this.#descriptor);
    this.#descriptor = openSync(next, 'w');
    this.#length = 0;
    for (const [name, rows] of this.#tables) {
      for (const [key, value] of rows) this.#append(Buffer.from(`${JSON.stringify([[name, key, value]])}\n`));
    }
    fsyncSync(this.#descriptor);
    renameSync(next, this.#file);
  }
}
