import { lstatSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Of one file so many damaged ones are kept: enough to look into, and no endless store of what was to be forgotten. */
const mostKept = 3;

const mark = '.damaged-';

/** Of two in one millisecond the second has a number: `…Z`, `…Z-1`, … `…Z-10`. */
const byTime = new Intl.Collator('en', { numeric: true });

/** And none for longer than this, in milliseconds: there may be a face in it that was to be forgotten. */
const longestKept = 30 * 24 * 3_600_000;

/**
 * Moves a damaged file, or whatever is in its place, beside it: to `<path>.damaged-<time>`, for somebody to look into.
 * Of the same file the newest three are kept.
 *
 * @returns where it is now; undefined when there was nothing
 */
export function setAside(
  path: string,
  {
    onlyFolders = false,
    now = Date.now,
  }: { readonly onlyFolders?: boolean; readonly now?: () => number } = {},
): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || (onlyFolders && !found.isDirectory())) return undefined;
  const folder = dirname(path);
  const begins = `${basename(path)}${mark}`;
  const before = readdirSync(folder)
    .filter((name) => name.startsWith(begins))
    .sort(byTime.compare);
  for (const old of before.toReversed().slice(mostKept - 1))
    rmSync(join(folder, old), { recursive: true, force: true });
  const first = `${begins}${new Date(now()).toISOString().replaceAll(':', '-')}`;
  // Several in one millisecond are numbered on, also when the first of them is gone: or a newer one would look older.
  const last = before.findLast((name) => name.startsWith(first));
  const place = join(
    folder,
    last === undefined ? first : `${first}-${Number(last.slice(first.length + 1)) + 1}`,
  );
  renameSync(path, place);
  return place;
}

/** Removes what was set aside in a folder, and in those below it, a month ago or more. */
export function removeOldAside(folder: string, now = Date.now): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const [, day, time] = /\.damaged-(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)/.exec(entry.name) ?? [];
    if (!day || !time || now() - Date.parse(`${day}T${time.replaceAll('-', ':')}Z`) < longestKept) continue;
    rmSync(join(entry.parentPath, entry.name), { recursive: true, force: true });
  }
}
