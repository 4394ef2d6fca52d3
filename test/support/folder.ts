import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
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
