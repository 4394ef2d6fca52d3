import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CachedCarol, cachedCarols } from '../../carols/index.ts';
import { inTurn } from './folder-lock.ts';
import { keptFolder } from './kept.ts';

/** Where the build of the Lambdas keeps them too. */
const folder = keptFolder('carols');

/** All carols, as files that are not to be changed. Rendering them takes seconds; it is done once on this machine. */
export function keptCarols(): Promise<CachedCarol[]> {
  return inTurn(folder, () => cachedCarols(folder));
}

/** A carol's music, for a test that needs some. */
export async function carolMusic(): Promise<Buffer> {
  const [carol] = await keptCarols();
  return await readFile(carol!.path);
}

/** Puts the carols where a house on this data folder looks for them, so that it does not render them anew. */
export async function putCarols(dataFolder: string): Promise<void> {
  const own = path.join(dataFolder, 'carols');
  // Faces lie in a data folder: it is nobody else's.
  await mkdir(own, { recursive: true, mode: 0o700 });
  for (const { path: file } of await keptCarols()) await copyFile(file, path.join(own, path.basename(file)));
}
