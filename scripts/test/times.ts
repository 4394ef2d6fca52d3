import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How long each test file took when it last ran, in milliseconds, by its path. */
export type Times = Readonly<Record<string, number>>;

const kept = (root: string): string => path.join(root, 'node_modules/.cache/musical-joy/test-times.json');

/** The kept times; none before the first run. They only order the files, so a broken file is as good as none. */
export function readTimes(root: string): Times {
  try {
    return JSON.parse(readFileSync(kept(root), 'utf8'));
  } catch {
    return {};
  }
}

/** Keeps the times of what has run, beside those of what has not. */
export function keepTimes(root: string, times: Times): void {
  try {
    mkdirSync(path.dirname(kept(root)), { recursive: true });
    writeFileSync(kept(root), JSON.stringify({ ...readTimes(root), ...times }, null, 1));
  } catch {
    // A folder that cannot be written costs only a good order next time.
  }
}

/**
 * The longest first, so that no long file is left to run alone at the end. A file whose time is not known goes by how
 * much it loads, before those that are known: whoever loads the whole house runs for long.
 */
export function longestFirst<T extends { readonly name: string; readonly size: number }>(
  all: readonly T[],
  times: Times,
): T[] {
  const weight = ({ name, size }: T): number => times[name] ?? 1e9 + size;
  return [...all].sort((a, b) => weight(b) - weight(a));
}
