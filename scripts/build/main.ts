import { fileURLToPath } from 'node:url';
import { bundle, withoutEnding } from './bundle.ts';
import { programs } from './programs.mjs';

/**
 * Builds the programs that run at home: `node --import tsx scripts/build/main.ts <project> <folder> <where it will
 * be>`. It is a process of its own, so that what builds takes no memory of what is built.
 */
const [root, folder, movesTo] = process.argv.slice(2);
if (!root || !folder || !movesTo)
  throw new Error('Say which project, into which folder, and where it will be.');
await bundle({
  root,
  files: new Map(programs.map((file) => [file, withoutEnding(file)])),
  folder,
  movesTo,
  first: fileURLToPath(new URL('source-stacks.ts', import.meta.url)),
});
