import { readFile } from 'node:fs/promises';
import { processTree } from '../test/support/processes.ts';

/**
 * Watches the memory of a process and of all that it has started: the sum of their proportional set sizes, so
 * that what they share counts once.
 *
 * @param pace every so many milliseconds it is looked at
 * @returns how to stop, and the most there was, in MB; undefined where there is no /proc
 */
export function watchMemory(pid: number, pace = 250): { stop(): Promise<number | undefined> } {
  let peak: number | undefined;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    const sizes = await Promise.all((await processTree(pid)).map(proportionalSize));
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

/** A process's proportional set size in MB; 0 when it has ended. */
async function proportionalSize(pid: number): Promise<number> {
  const sizes = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss: +(\d+) kB/m.exec(sizes)?.[1] ?? 0) / 1024;
}
