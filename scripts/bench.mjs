/** `npm run bench [name…]`: installs what is missing, then measures. */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: true });
const { register } = await import('tsx/esm/api');
register();
await import('../bench/main.ts');
