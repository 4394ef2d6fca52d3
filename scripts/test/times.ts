import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What each test file took, from its start to its end and of the processors, in milliseconds, by its path. */
export type Costs = Readonly<Record<string, { readonly took: number; readonly spent: number }>>;

/** How long each test file took when it last ran, in milliseconds, by its path. */
export type Times = Readonly<Record<string, number>>;

const keptFile = (root: string): string => path.join(root, 'node_modules/.cache/musical-joy/test-times.json');

/**
 * For a first run: what the longest files took on two cores, in seconds. It only orders the files and need not be
 * right.
 */
const usualFile = new URL('usual-times.json', import.meta.url);

/** How long files may be expected to take: as when they last ran here, or as usual. */
export function expectedTimes(root: string): Times {
  const usual: Times = JSON.parse(readFileSync(usualFile, 'utf8'));
  const inMilliseconds = Object.entries(usual).map(([file, seconds]) => [file, seconds * 1000]);
  return { ...Object.fromEntries(inMilliseconds), ...keptTimes(root) };
}

/** None before the first run; a broken file is as good as none. */
function keptTimes(root: string): Times {
  try {
    return JSON.parse(readFileSync(keptFile(root), 'utf8'));
  } catch {
    return {};
  }
}

/** Keeps the times of what has run, beside those of what has not. */
export function keepTimes(root: string, times: Times): void {
  try {
    mkdirSync(path.dirname(keptFile(root)), { recursive: true });
    writeFileSync(keptFile(root), JSON.stringify({ ...keptTimes(root), ...times }, null, 1));
  } catch {
    // A folder that cannot be written costs only a good order next time.
  }
}

/**
 * A file that is new is taken for one that runs a little longer than most, the longer the more it loads; milliseconds.
 */
const timeOfNew = 5000;

/** The longest first, so that no long file is left to run alone at the end. */
export function longestFirst<T extends { readonly name: string; readonly size: number }>(
  all: readonly T[],
  times: Times,
): T[] {
  const weight = ({ name, size }: T): number => times[name] ?? timeOfNew + size;
  return [...all].sort((a, b) => weight(b) - weight(a));
}
