import { rm } from 'node:fs/promises';
import path from 'node:path';
import { mirrored } from '../../local/disk/damage.ts';

/** Makes a data folder one in which nothing was said yet: the journal, its copy, and the mark of how far it went. */
export async function beginChatAnew(folder: string): Promise<void> {
  const places = Object.values(mirrored(folder, 'telegram', 'journal.jsonl'));
  for (const file of [...places, path.join(folder, 'marks', 'telegram.json')]) await rm(file);
}
