/**
 * Renders the carols into a folder that is sent along with a program which cannot render them itself, such as a
 * Lambda: `node --import tsx carols/asset.ts <folder>`. What was rendered once is kept among the caches of
 * node_modules, so that only a change of the music takes its seconds.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedCarols } from './cache.ts';

/** The recordings' list in their folder: `CachedCarol`s whose paths are within the folder, in JSON. */
const list = 'carols.json';

const cache = fileURLToPath(new URL('../node_modules/.cache/musical-joy/carols/', import.meta.url));

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say into which folder: node --import tsx carols/asset.ts <folder>');
await mkdir(folder, { recursive: true });
const recordings = await cachedCarols(cache);
for (const { path } of recordings) await copyFile(path, join(folder, basename(path)));
const listed = recordings.map(({ carol: { id, title, performer }, path, ...recording }) => ({
  carol: { id, title, performer },
  path: basename(path),
  ...recording,
}));
await writeFile(join(folder, list), JSON.stringify(listed, undefined, 2));
