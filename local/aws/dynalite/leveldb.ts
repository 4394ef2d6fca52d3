import { existsSync } from 'node:fs';
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
  if (!existsSync(join(folder, 'CURRENT'))) return undefined;
  // Loaded only here: it is native code, and hardly anybody has such a folder.
  const dynalite = createRequire(import.meta.url).resolve('dynalite');
  const level = createRequire(dynalite).resolve('level');
  const { ClassicLevel: Level } = createRequire(level)('classic-level') as {
    readonly ClassicLevel: LevelDbClass;
  };
  if (salvage) await Level.repair(folder);
  try {
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
