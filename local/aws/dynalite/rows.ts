import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mirrored, type OpenOptions } from '../../disk/damage.ts';
import { MirroredLog } from '../../disk/mirrored-log.ts';
import { filesOfLevelDb, rowsOfLevelDb } from './leveldb.ts';

/** A row written (with a value) or removed (without); both are text, the value JSON. */
export type RowChange = readonly [key: string, value?: string];

/** Below so many changes that are stale, the log is not written anew. */
const fewStale = 5_000;

/**
 * The rows of all tables: in memory, and in a log with a copy. What is stale in the log is left out when it has become
 * most of it.
 */
export class Rows {
  readonly #log: MirroredLog<readonly RowChange[]>;
  readonly #rows = new Map<string, string>();
  #changes = 0;

  private constructor(log: MirroredLog<readonly RowChange[]>, kept: Iterable<readonly RowChange[]>) {
    this.#log = log;
    for (const changes of kept) this.#apply(changes);
    this.#rewriteIfStale();
  }

  /**
   * Opens `<folder>/dynamodb/rows.jsonl`. What is kept there in LevelDB, as it once was, is taken over.
   *
   * @throws DamagedError
   */
  static async open(folder: string, options: OpenOptions = {}): Promise<Rows> {
    const place = mirrored(folder, 'dynamodb', 'rows.jsonl');
    const own = join(folder, 'dynamodb');
    const isFirst = !existsSync(place.path) && !existsSync(place.mirror);
    const former = isFirst ? (await rowsOfLevelDb(own, options))?.map((row) => [row]) : undefined;
    const log = new MirroredLog<readonly RowChange[]>(place, {
      ...options,
      mark: join(folder, 'marks', 'dynamodb.json'),
      lost: 'items of the tables: hosts, guests, whose a face is, songs',
    });
    if (!former) return new Rows(log, log.take());
    log.rewrite(former);
    for (const name of filesOfLevelDb(own)) rmSync(join(own, name));
    return new Rows(log, former);
  }

  /** All rows as they are now. */
  all(): ReadonlyMap<string, string> {
    return this.#rows;
  }

  /** Keeps changes, all or none. Throws when the disk does not take them. */
  commit(changes: readonly RowChange[]): void {
    if (changes.length === 0) return;
    this.#log.append(changes);
    this.#apply(changes);
    this.#rewriteIfStale();
  }

  /** Writes the log anew, if anything in it is stale: what was removed is on the disk no more. */
  compact(): void {
    if (this.#changes === this.#rows.size) return;
    this.#log.rewrite([...this.#rows].map((row) => [row]));
    this.#changes = this.#rows.size;
  }

  close(): void {
    this.#log.close();
  }

  #apply(changes: readonly RowChange[]): void {
    for (const [key, value] of changes) {
      if (value === undefined) this.#rows.delete(key);
      else this.#rows.set(key, value);
    }
    this.#changes += changes.length;
  }

  #rewriteIfStale(): void {
    if (this.#changes - this.#rows.size >= Math.max(fewStale, this.#rows.size)) this.compact();
  }
}
