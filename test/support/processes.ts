import { readFile } from 'node:fs/promises';

/** The processes that a process has started, by Linux's account of them. */
export async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.split(' ').filter(Boolean).map(Number);
}

/** Those of them that run this program, by a part of their command line. */
export async function childrenRunning(program: string, pid: number): Promise<number[]> {
  const lines = (await childrenOf(pid)).map(async (child) => {
    const line = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => ''); // It may have ended just now.
    return line.includes(program) ? [child] : [];
  });
  return (await Promise.all(lines)).flat();
}

/** How much memory a process holds, in bytes: what of it is in the machine's own memory, with what it shares. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

/** A process, those it has started, those they have started, and so on. */
export async function processTree(pid: number): Promise<number[]> {
  const children = await childrenOf(pid).catch(() => []); // It may have ended just now.
  return [pid, ...(await Promise.all(children.map(processTree))).flat()];
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
