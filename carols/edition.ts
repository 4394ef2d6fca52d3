import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/**
 * Names the state of the scores and of everything that turns them into sound: ten letters and digits that
 * change with any file of this folder. (A version number would have to be raised by hand, and would be
 * forgotten.)
 */
export async function edition(): Promise<string> {
  const folder = new URL('./', import.meta.url);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(await readFile(new URL(name.replaceAll('\\', '/'), folder)));
  return hash.digest('hex').slice(0, 10);
}
