import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * Looks at a data folder before anything is made in it.
 *
 * @returns what takes away all that is made from now on, for a start that is refused; undefined when there is something
 * in the folder already, which is then nobody's to take away
 */
export function newFolder(folder: string): (() => void) | undefined {
  if (existsSync(folder)) {
    if (!isEmptyFolder(folder)) return undefined;
    return () => {
      for (const name of readdirSync(folder))
        rmSync(path.join(folder, name), { recursive: true, force: true });
    };
  }
  const missing = missingParents(folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
    for (const parent of missing) if (isEmptyFolder(parent)) rmdirSync(parent);
  };
}

/** The folders above it that are not there either, the nearest first. */
function missingParents(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder || existsSync(parent) ? [] : [parent, ...missingParents(parent)];
}

function isEmptyFolder(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
