import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type Dynalite from 'dynalite';
import { isDiskFull } from '../../disk/disk-full.ts';
import { type Parser, rememberExpressions } from './known-expressions.ts';
import type { RowChange, Rows } from './rows.ts';

/** The database below dynalite (memory-level), as far as it is used here. */
export interface Level {
  put(key: string, value: unknown): Promise<void>;
  del(key: string): Promise<void>;
  batch(operations: readonly Operation[], options?: object): Promise<void>;
  close(): Promise<void>;
}

type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

type MemoryLevelClass = { new (options: object): Level };
type LevelClass = { new (location: string, options: object): Level };

const requireHere = createRequire(import.meta.url);
const requireThere = createRequire(requireHere.resolve('dynalite'));
const { MemoryLevel } = requireThere('memory-level') as { readonly MemoryLevel: MemoryLevelClass };
const level = requireThere('level') as { Level: LevelClass };

/** What databases that are about to be made are to hold, by their locations, and then those databases. */
const making = new Map<string, { readonly rows: Rows; made?: KeptLevel }>();

/**
 * dynalite's database in memory, whose rows are kept: each change is first written to disk.
 *
 * Of an error without a status, dynalite thinks that it cannot happen: it throws it out of a callback of its own, and
 * the whole program ends. A disk can be full, so each failure gets a status here, and dynalite answers it.
 */
class KeptLevel extends MemoryLevel {
  readonly #rows: Rows;
  /** Resolves when the rows that were kept are there. */
  readonly filled: Promise<void>;

  constructor(location: string, options: object) {
    super(options);
    const wanted = making.get(location)!;
    wanted.made = this;
    this.#rows = wanted.rows;
    const kept = [...this.#rows.all()].map(([key, value]) => ({ type: 'put' as const, key, value }));
    this.filled = super.batch(kept, { valueEncoding: 'utf8' });
  }

  override async put(key: string, value: unknown): Promise<void> {
    this.#keep([[key, JSON.stringify(value)]]);
    await super.put(key, value);
  }

  override async del(key: string): Promise<void> {
    this.#keep([[key]]);
    await super.del(key);
  }

  override async batch(operations: readonly Operation[]): Promise<void> {
    this.#keep(
      operations.map((one) => (one.type === 'put' ? [one.key, JSON.stringify(one.value)] : [one.key])),
    );
    await super.batch(operations);
  }

  #keep(changes: readonly RowChange[]): void {
    try {
      this.#rows.commit(changes);
    } catch (cause) {
      const body = isDiskFull(cause)
        ? { __type: 'InsufficientStorage', message: 'The disk of this machine is full.' }
        : { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: String(cause) };
      const statusCode = isDiskFull(cause) ? 507 : 500;
      throw Object.assign(new Error('The database failed.', { cause }), { statusCode, body });
    }
  }
}
level.Level = KeptLevel;

for (const parser of ['conditionParser', 'updateParser'])
  rememberExpressions(requireHere(`dynalite/db/${parser}`) as Parser);

/**
 * dynalite, whose databases on a path are of the kind above. It takes the class while it is loaded: whoever needs
 * dynalite takes it from here, for where it was loaded before it would know nothing of that class.
 */
export const dynalite = requireHere('dynalite') as typeof Dynalite;

/** dynalite with these rows in it. */
export async function dynaliteWith(
  rows: Rows,
): Promise<{ readonly server: ReturnType<typeof Dynalite>; readonly level: Level }> {
  // dynalite hands its database nothing but a location; no such place is ever looked at.
  const path = randomUUID();
  making.set(path, { rows });
  const server = dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const { made } = making.get(path)!;
  making.delete(path);
  await made!.filled;
  return { server, level: made! };
}
