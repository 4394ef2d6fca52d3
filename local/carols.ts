import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { cachedCarols } from '../carols/index.ts';
import type { Services } from '../party/services.ts';
import { storageKey } from '../party/storage.ts';

/**
 * Puts the carols among the songs. Those that are there already, from the same score and synthesiser, stay.
 *
 * @param folder the data folder: the music is rendered once and kept there
 * @throws AbortError when the signal is aborted meanwhile
 */
export async function addCarols(
  folder: string,
  { songs, storage }: Pick<Services, 'songs' | 'storage'>,
  signal: AbortSignal,
): Promise<void> {
  const cached = await cachedCarols(path.join(folder, 'carols'), { signal });
  for (const { carol, path: file, seconds, contentType, fileName } of cached) {
    const id = `carol-${carol.id}`;
    // The name of a rendered file tells what it was made from.
    const key = storageKey.song(path.basename(file));
    if ((await songs.get(id))?.key === key) continue;
    await storage.put(key, await readFile(file), contentType);
    const { title, performer } = carol;
    await songs.put({
      id,
      title,
      performer,
      duration: Math.round(seconds),
      key,
      fileName,
      contentType,
      carol: true,
    });
  }
}
