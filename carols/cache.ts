import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { edition } from './edition.ts';
import { perform } from './performance.ts';
import { withRenderer } from './renderer.ts';
import type { Carol } from './score.ts';
import { carols, scores } from './scores/index.ts';

/** A carol's file on this machine, and what a chat needs to send it. */
export interface CachedCarol {
  readonly carol: Carol;
  readonly path: string;
  readonly seconds: number;
  readonly contentType: 'audio/mpeg';
  /** The name to send it under. */
  readonly fileName: string;
}

/**
 * All carols as MP3 files in a folder, which is made if need be. What is not there yet is rendered first, in
 * another process, one after the other; that takes a few seconds once.
 * @throws {CarolError} when one could not be rendered; the ones before it are kept.
 * @throws {DOMException} `AbortError`, when `signal` is aborted.
 */
export async function cachedCarols(
  folder: string,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<CachedCarol[]> {
  await mkdir(folder, { recursive: true });
  const current = await edition();
  const all = carols.map((carol, index) => ({
    carol,
    path: join(folder, `${carol.id}-${current}.mp3`),
    seconds: perform(scores[index]!).seconds,
    contentType: 'audio/mpeg' as const,
    fileName: `${carol.id}.mp3`,
  }));
  const missing: CachedCarol[] = [];
  for (const cached of all) if (!(await exists(cached.path))) missing.push(cached);
  if (missing.length > 0)
    await withRenderer(async (render) => {
      for (const { carol, path } of missing) await writeWhole(path, await render(carol.id));
    }, signal);
  return all;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A file that is there is whole: it gets its name only after every byte is on the disk. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
