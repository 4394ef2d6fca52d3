/** `npm run deploy`: installs what is missing, then runs deploy/deploy.ts in this very process. */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: true });
const { register } = await import('tsx/esm/api');
register();
await import('../deploy/deploy.ts');
