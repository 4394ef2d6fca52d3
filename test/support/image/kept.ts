import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './command.ts';

/** What was made once is kept here, as Docker keeps its layers; `npm ci` removes it with all packages. */
const kept = fileURLToPath(new URL('../../../node_modules/.cache/musical-joy-image/', import.meta.url));

/** Parts of a tree, and what they are made of. */
export interface Kept {
  /** What it is: one of each is kept. */
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
    await removeOthers(name, file);
    // Here and not at the end: what was installed is many thousands of files.
    await command('rm', ['--recursive', '--force', whole]);
  }
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

async function removeOthers(name: string, file: string): Promise<void> {
  const all = (await readdir(kept)).filter((other) => other.startsWith(`${name}-`) && other.endsWith('.tar'));
  for (const other of all)
    if (other !== path.basename(file)) await rm(path.join(kept, other), { force: true });
}
