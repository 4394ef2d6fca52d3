import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * What a file is called before it is whole: by `disk/atomic-file.ts`, by the carols' cache, and formerly by the journal
 * while it was made shorter. Nothing that is kept is called so.
 */
const unfinished = [
  /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.new$/,
  /\.mp3\.\d+\.part$/,
  /^journal\.jsonl\.next$/,
];

/**
 * Removes the files that the sudden end of a former run left half written. To be called while the folder is locked and
 * nothing is open in it: then nobody writes them any more.
 *
 * @returns how many there were
 */
export function removeUnfinishedFiles(folder: string): number {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && unfinished.some((pattern) => pattern.test(entry.name)),
  );
  for (const entry of found) rmSync(path.join(entry.parentPath, entry.name), { force: true });
  if (found.length > 0)
    console.info(
      found.length === 1
        ? '1 file that the last run left half written was removed.'
        : `${found.length} files that the last run left half written were removed.`,
    );
  return found.length;
}
