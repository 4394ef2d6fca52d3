/**
 * Puts what the door screen loads into a folder beside the Lambda's bundle: `node --import tsx
 * lambdas/door-screen/asset.ts <folder>`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildScreen } from './build.ts';

const [folder] = process.argv.slice(2);
if (!folder)
  throw new Error('Say into which folder: node --import tsx lambdas/door-screen/asset.ts <folder>');
await mkdir(folder, { recursive: true });
for (const [name, { text }] of await buildScreen()) await writeFile(path.join(folder, name), text);
