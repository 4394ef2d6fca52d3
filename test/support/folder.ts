import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

let root: string | undefined;

/**
 * A new empty folder. All of them are removed when the process ends: only then is nothing open in them any more,
 * for a test's `after` hooks run in the order in which they were made.
 */
export async function emptyFolder(): Promise<string> {
  if (root === undefined) {
    const folder = mkdtempSync(path.join(tmpdir(), 'musical-joy-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    root = folder;
  }
  return await mkdtemp(path.join(root, 'test-'));
}

/** A new empty folder, and how to remove it with all that is in it before the process ends. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await emptyFolder();
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
