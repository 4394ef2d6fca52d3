import { homedir } from 'node:os';
import path from 'node:path';

/** A folder for what takes minutes to make: outside of node_modules, which npm may clear, and for all clones of a user. */
export const userCache = (name: string): string =>
  path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'musical-joy', name);
