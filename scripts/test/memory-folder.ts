import { mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Linux's file system in memory. In a container it is often small. */
const inMemory = '/dev/shm';

/** Several times what a whole run has in its folders at once; bytes. */
const enough = 4 * 2 ** 30;

/**
 * A folder in memory for all that tests write. A house has the disk keep what it writes before it says that it is kept,
 * some milliseconds each time; a whole run would wait for that tens of thousands of times. It goes when this process
 * ends.
 *
 * @returns undefined where there is no such place, or little of it is free
 */
export function memoryFolder(place = inMemory, least = enough): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(place);
    if (bavail * bsize < least) return undefined;
    const folder = mkdtempSync(path.join(place, 'musical-joy-tests-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch {
    return undefined;
  }
}

/**
 * Lets tsx keep in another place what it makes of the programs that tests run from their sources: it keeps that in the
 * temporary folder, and would make it anew in each run.
 *
 * @param folder the temporary folder
 * @param kept where it is kept from run to run
 */
export function keepTsxCache(folder: string, kept: string): void {
  try {
    mkdirSync(kept, { recursive: true });
    // As tsx names it.
    symlinkSync(kept, path.join(folder, `tsx-${process.geteuid?.() ?? os.userInfo().username}`));
  } catch {
    // Then it takes longer.
  }
}
