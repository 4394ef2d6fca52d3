import path from 'node:path';
import { defaults } from '../settings.ts';

/** The command that repairs a data folder, as a host types it. */
export function repairCommand(folder: string): string {
  const relative = path.relative('.', folder);
  if (relative === defaults.data) return 'npm run doctor -- --repair';
  const absolute = path.resolve(folder);
  // A way up through many folders is hard to read, and often longer.
  const shown = relative.startsWith('..') && absolute.length <= relative.length ? absolute : relative;
  return `npm run doctor -- --repair --data ${/^[\w./~-]+$/.test(shown) ? shown : `'${shown}'`}`;
}
