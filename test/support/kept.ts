import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder for what takes long to make and is the same in every run; whoever deletes it loses only time. */
export const keptFolder = (name: string): string =>
  fileURLToPath(new URL(`../../node_modules/.cache/musical-joy/${name}/`, import.meta.url));

/**
 * A file that is made if it is not there yet. It gets its name when it is whole, so that test files which make it at
 * the same time do not meet.
 *
 * @param name what it is made of, a hash of all of that say; with the extension that it is to have
 * @param make writes it to the path that it is given
 * @returns its path; it is not to be changed
 */
export async function keptFile(
  folder: string,
  name: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const file = path.join(folder, name);
  if (await isThere(file)) return file;
  await mkdir(folder, { recursive: true });
  const unfinished = path.join(folder, `${randomUUID()}-${name}`);
  try {
    await make(unfinished);
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
  return file;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
