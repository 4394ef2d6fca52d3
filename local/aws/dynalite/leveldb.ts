import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DamagedError, type OpenOptions, tellOnStderr } from '../../disk/damage.ts';

interface LevelDb {
  open(): Promise<void>;
  close(): Promise<void>;
  iterator(): AsyncIterable<[key: string, value: string]>;
}

type LevelDbClass = {
  new (location: string, options: object): LevelDb;
  /** LevelDB's own: makes the best of files that are damaged. */
  repair(location: string): Promise<void>;
};

/** The files of a LevelDB in a folder ("leveldb/doc/impl.md"). */
export function filesOfLevelDb(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) =>
    /^(CURRENT|LOCK|LOG|LOG\.old|MANIFEST-\d+|\d+\.(ldb|sst|log|dbtmp))$/.test(name),
  );
}

/**
 * The rows that a LevelDB holds. Tables were once kept so; this takes them over.
 *
 * @param folder the database's
 * @returns undefined when there is none
 * @throws DamagedError unless a repair was asked for: then LevelDB's own is tried first
 */
export async function rowsOfLevelDb(
  folder: string,
  { salvage = false, onDamage = tellOnStderr }: OpenOptions,
): Promise<[key: string, value: string][] | undefined> {
  if (filesOfLevelDb(folder).length === 0) return undefined;
  // Loaded only here: it is native code, and hardly anybody has such a folder.
  const dynalite = createRequire(import.meta.url).resolve('dynalite');
  const level = createRequire(dynalite).resolve('level');
  const { ClassicLevel: Level } = createRequire(level)('classic-level') as {
    readonly ClassicLevel: LevelDbClass;
  };
  if (salvage) await Level.repair(folder);
  try {
    // Without its list of files LevelDB would begin anew, beside all that it has.
    if (!existsSync(join(folder, 'CURRENT'))) throw new Error(`${folder} has no CURRENT.`);
    const rows = await readAll(new Level(folder, { keyEncoding: 'utf8', valueEncoding: 'utf8' }));
    if (salvage) onDamage(`${folder}: LevelDB's own repair found ${rows.length} items; they are kept.`);
    return rows;
  } catch (cause) {
    throw new DamagedError(folder, 'items of the tables: hosts, guests, whose a face is, songs', { cause });
  }
}

async function readAll(database: LevelDb): Promise<[string, string][]> {
  await database.open();
  try {
    const rows: [string, string][] = [];
    for await (const row of database.iterator()) rows.push(row);
    return rows;
  } finally {
    await database.close();
  }
}
