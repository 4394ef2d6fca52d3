import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { userCache } from '../user-cache.ts';
import { command } from './command.ts';

/** What was made once is kept here, as Docker keeps its layers: for all clones of whoever runs this. */
const kept = userCache('image');

/** How long what nobody has taken any more is kept, in milliseconds. */
const longest = 7 * 24 * 3_600_000;

/** Parts of a tree, and what they are made of. */
export interface Kept {
  /** What it is. */
  readonly name: string;
  /** Another when it would be made otherwise. */
  readonly key: string;
  /** Paths in the tree. */
  readonly parts: readonly string[];
}

/**
 * Unpacks the parts into a tree.
 *
 * @param make makes a tree with the parts in it, in a folder that is not there yet; asked when they are not kept
 */
export async function unpackKept(
  { name, key, parts }: Kept,
  tree: string,
  make: (folder: string) => Promise<void>,
): Promise<void> {
  const file = path.join(kept, `${name}-${key}.tar`);
  if (!existsSync(file)) {
    const whole = `${tree}-whole`;
    await make(whole);
    await keep(file, whole, parts);
    await removeOld();
    // Here and not at the end: what was installed is many thousands of files.
    await command('rm', ['--recursive', '--force', whole]);
  }
  await utimes(file, new Date(), new Date());
  await mkdir(tree, { recursive: true });
  await command('tar', ['--extract', '--file', file, '--directory', tree]);
}

async function keep(file: string, tree: string, parts: readonly string[]): Promise<void> {
  await mkdir(kept, { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  try {
    const relative = parts.map((part) => path.posix.join('.', part));
    await command('tar', ['--create', '--file', draft, '--directory', tree, ...relative]);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(kept)) {
    const file = path.join(kept, name);
    // Another clone may remove it at the same time.
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > longest) await rm(file, { force: true });
  }
}
