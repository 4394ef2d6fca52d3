/** `npm run camera`: installs what is missing, then tries the camera. */
import { ensurePackages } from './packages.mjs';

await ensurePackages({ dev: false });
const { register } = await import('tsx/esm/api');
register();
await import('../producer/try-camera/main.ts');
