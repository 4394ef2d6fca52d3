import path from 'node:path';
import { cachedCarols } from '../../carols/index.ts';
import type { Services } from '../../party/services.ts';
import { addCarolSongs } from '../../party/songs/carol-songs.ts';

/**
 * Puts the carols among the songs, each as soon as it is there. Those that are there already, from the same score and
 * synthesiser, stay.
 *
 * @param folder the data folder: the music is rendered once and kept there
 * @returns the titles of those whose files were gone, and are back
 * @throws AbortError when the signal is aborted meanwhile
 */
export async function addCarols(
  folder: string,
  services: Pick<Services, 'songs' | 'storage'>,
  signal: AbortSignal,
): Promise<string[]> {
  const putBack: string[] = [];
  await cachedCarols(path.join(folder, 'carols'), {
    signal,
    onReady: async (carol) => {
      putBack.push(...(await addCarolSongs([carol], services)));
    },
  });
  return putBack;
}
