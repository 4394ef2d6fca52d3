import { readFile } from 'node:fs/promises';
import { processTree } from '../test/support/processes.ts';

/**
 * What is counted, by its name in `smaps_rollup` (proc_pid_smaps(5)): `Pss`, where what several processes share counts
 * for each by its part, so that it is less the more other processes have loaded the same; or `Anonymous`, which is
 * what they have written themselves, whatever else is running.
 */
export type MemoryKind = 'Pss' | 'Anonymous';

/**
 * Watches the memory of a process and of all that it has started.
 *
 * @param pace every so many milliseconds it is looked at
 * @returns how to stop, and the most there was, in MB; undefined where there is no /proc
 */
export function watchMemory(
  pid: number,
  kind: MemoryKind = 'Pss',
  pace = 250,
): { stop(): Promise<number | undefined> } {
  let peak: number | undefined;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    const sizes = await Promise.all((await processTree(pid)).map((each) => memoryOf(each, kind)));
    const sum = sizes.reduce((total, size) => total + size, 0);
    if (sum > (peak ?? 0)) peak = sum;
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, pace);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      return peak;
    },
  };
}

/** A process's memory in MB; 0 when it has ended. */
async function memoryOf(pid: number, kind: MemoryKind): Promise<number> {
  const sizes = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(new RegExp(`^${kind}: +(\\d+) kB`, 'm').exec(sizes)?.[1] ?? 0) / 1024;
}
