import { userCache } from '../user-cache.ts';

/** Where base images are kept: on a disk, for they are large. */
export const dockerCache = userCache('docker');
