/** `npm run bench [name…]`: installs what is missing, then measures. */
import { ensurePackages } from './packages.mjs';

await ensurePackages();
const { register } = await import('tsx/esm/api');
register();
await import('../bench/main.ts');
