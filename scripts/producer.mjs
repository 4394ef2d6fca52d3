/** `npm run producer`: installs what is missing, then runs the producer in this very process, as the image does. */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: false });
const { register } = await import('tsx/esm/api');
register();
await import('../producer/main.ts');
