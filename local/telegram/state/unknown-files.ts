import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What `Files` calls a file, whole or half written. */
const ownName = /^file_\d+(\.[a-z0-9]{1,8}){0,2}$/;
/** Milliseconds; a file is written just before the message that shows it. */
const youngest = 60 * 60 * 1000;

/**
 * Removes the files that belong to no message: the program ended between the two. Only what is an hour old goes, and
 * nothing at all while no file is known: then the journal was begun anew, and may come back.
 *
 * @param folder where the files are, in a folder for each kind
 * @param known the paths of those that the journal knows, below the folder, with forward slashes
 * @param now milliseconds since 1970
 * @returns how many there were
 */
export function removeUnknownFiles(folder: string, known: ReadonlySet<string>, now: number): number {
  if (known.size === 0 || !existsSync(folder)) return 0;
  const unknown = readdirSync(folder, { withFileTypes: true })
    .filter((kind) => kind.isDirectory())
    .flatMap((kind) => readdirSync(join(folder, kind.name)).map((name) => ({ kind: kind.name, name })))
    .filter(({ kind, name }) => ownName.test(name) && !known.has(`${kind}/${name}`))
    .map(({ kind, name }) => join(folder, kind, name))
    .filter((place) => lstatSync(place).mtimeMs < now - youngest);
  for (const place of unknown) rmSync(place, { recursive: true, force: true });
  if (unknown.length > 0) console.info(`${unknown.length} files that no message shows were removed.`);
  return unknown.length;
}
