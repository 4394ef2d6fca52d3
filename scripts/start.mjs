/**
 * `npm start`: installs what is missing, then starts the house in this very process, so that signals, the exit
 * code and the end of the process need no passing on.
 */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: false });
const { register } = await import('tsx/esm/api');
register();
await import('../local/start.ts');
