import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../party/clock.ts';
import { processTree } from '../test/support/processes.ts';

/** How much of a core a process and its children take over some time, 0 to 1 (or more). */
export async function coreShare(child: ChildProcess, milliseconds: number): Promise<number> {
  const begin = performance.now();
  const before = await ticks(child.pid!);
  await delay(milliseconds);
  return ((await ticks(child.pid!)) - before) / 100 / ((performance.now() - begin) / second);
}

/** The processor's time that a process and its children have taken: hundredths of a second. */
async function ticks(pid: number): Promise<number> {
  let sum = 0;
  for (const each of await processTree(pid)) {
    const stat = await readFile(`/proc/${each}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    sum += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  }
  return sum;
}
