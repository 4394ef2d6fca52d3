import { homedir } from 'node:os';
import path from 'node:path';

/** Where base images are kept: outside of node_modules, which npm may clear, and on a disk, for they are large. */
export const dockerCache = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'musical-joy/docker',
);
