import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';

/** A carol's recording as a file on this machine. */
export interface CarolRecording {
  readonly carol: { readonly id: string; readonly title: string; readonly performer: string };
  /** The name of the file tells what it was made from: another recording has another name. */
  readonly path: string;
  readonly seconds: number;
  readonly contentType: string;
  /** The name to send it under. */
  readonly fileName: string;
}

/**
 * Puts carols among the songs. Those that are there already, in this very recording, stay.
 *
 * @returns the titles of those that were there once, and whose files were gone
 */
export async function addCarolSongs(
  recordings: readonly CarolRecording[],
  { songs, storage }: Pick<Services, 'songs' | 'storage'>,
): Promise<string[]> {
  const stored = new Set((await storage.list('songs/')).map(({ key }) => key));
  const putBack: string[] = [];
  for (const { carol, path: file, seconds, contentType, fileName } of recordings) {
    const id = `carol-${carol.id}`;
    const key = storageKey.song(path.basename(file));
    const { title, performer } = carol;
    const before = await songs.get(id);
    if (before?.key === key && stored.has(key)) continue;
    await storage.put(key, await readFile(file), contentType);
    if (before?.key === key) {
      // Its item stays: it knows under which file_id the carol was sent.
      putBack.push(title);
      continue;
    }
    const duration = Math.round(seconds);
    await songs.put({ id, title, performer, duration, key, fileName, contentType, carol: true });
  }
  return putBack;
}
