import path from 'node:path';
import { defaults } from '../settings.ts';

/** The option that names a data folder, as a host types it after a command; undefined for the usual folder. */
export function dataOption(folder: string): string | undefined {
  const relative = path.relative('.', folder);
  if (relative === defaults.data) return undefined;
  const absolute = path.resolve(folder);
  // A way up through many folders is hard to read, and often longer.
  const shown = relative.startsWith('..') && absolute.length <= relative.length ? absolute : relative;
  return `--data ${/^[\w./~-]+$/.test(shown) ? shown : `'${shown}'`}`;
}
