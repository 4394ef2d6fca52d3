/** `npm run destroy`: installs what is missing, then runs deploy/destroy.ts in this very process. */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: true });
const { register } = await import('tsx/esm/api');
register();
await import('../deploy/destroy.ts');
