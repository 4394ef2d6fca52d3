import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** How long what is of no use any more is kept, in milliseconds. */
const kept = 7 * 24 * 3_600_000;

/**
 * A folder that is built if it is not there: from the last time, or now. What has lain there for a week is removed
 * when something new is built.
 *
 * @param cache the folder in which it is; made if need be
 * @param name changes with all that it is made of
 * @param build fills an empty folder
 * @returns its path; an error of `build`'s leaves nothing behind
 */
export function builtOnce(cache: string, name: string, build: (folder: string) => void): string {
  const folder = path.join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  removeOld(cache);
  // It gets its name once it is whole: another process may be building or looking for the same.
  const unfinished = `${folder}.${process.pid}.part`;
  try {
    mkdirSync(unfinished);
    build(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Unless the other one was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function removeOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - made > kept) rmSync(folder, { recursive: true, force: true });
  }
}
