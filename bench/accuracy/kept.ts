import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Face } from '../../vision/face.ts';

/** A face without its landmarks, which nothing here asks for. */
export type MeasuredFace = Omit<Face, 'landmarks'>;

const vision = fileURLToPath(new URL('../../vision/', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/musical-joy/', import.meta.url));

/** Files of `vision/` that have no part in what the engine says of a picture. */
const notOfTheEngine = new Set([
  'engine-process.ts',
  'no-telemetry.ts',
  'recognizer.ts',
  'similarity.ts',
  'template.ts',
  'tile-plan.ts',
  'tracker.ts',
  'usable.ts',
  'watch.ts',
]);

/**
 * What is worked out once and kept as JSON under `node_modules/.cache`, until the engine changes; descriptors as
 * base64.
 *
 * @param name of what it is; another name for whatever else it depends on
 */
export async function kept<T>(name: string, workOut: () => Promise<T>): Promise<T> {
  const folder = path.join(cache, await engineVersion());
  const file = path.join(folder, `${name}.json`);
  try {
    return JSON.parse(await readFile(file, 'utf8'), revive);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const value = await workOut();
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(value, replace));
  return value;
}

/** Changes when a file of the engine does. */
async function engineVersion(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(vision, { recursive: true })).sort()) {
    if (file.endsWith('.ts') && !notOfTheEngine.has(file))
      hash.update(await readFile(path.join(vision, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

const mark = 'float32:';

function replace(_key: string, value: unknown): unknown {
  if (!(value instanceof Float32Array)) return value;
  return mark + Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  return new Float32Array(new Uint8Array(Buffer.from(value.slice(mark.length), 'base64')).buffer);
}
