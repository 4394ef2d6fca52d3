import path from 'node:path';
import { defaults } from '../settings.ts';

/** The command that repairs a data folder, as a host types it. */
export function repairCommand(folder: string): string {
  const relative = path.relative('.', folder);
  if (relative === defaults.data) return 'npm run doctor -- --repair';
  return `npm run doctor -- --repair --data ${/^[\w./~-]+$/.test(relative) ? relative : `'${relative}'`}`;
}
