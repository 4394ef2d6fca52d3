import { setTimeout as delay } from 'node:timers/promises';
import { FolderInUseError, lockFolder } from '../../local/data-folder/lock.ts';

/** Does some work while no other process does such work on this folder. */
export async function inTurn<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const release = await turn(folder);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** Takes away what a program that was killed leaves outside its data folder: the socket by which it locked it. */
export function dropLock(folder: string): Promise<void> {
  return inTurn(folder, async () => {});
}

async function turn(folder: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await lockFolder(folder);
    } catch (error) {
      if (!(error instanceof FolderInUseError)) throw error;
      await delay(50);
    }
  }
}
