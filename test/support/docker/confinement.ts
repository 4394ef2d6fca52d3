import { readFile } from 'node:fs/promises';
import type { ComposeContainer } from './compose.ts';

/** What a container's program may do and take, as the system says: proc_pid_status(5), cgroups(7) of either version. */
export interface Confinement {
  /** Real, effective, saved and for files. */
  readonly user: string;
  readonly group: string;
  /** The capabilities that it can come by, as bits. */
  readonly rights: string;
  /** `1` when nothing that it starts gets more rights than it has. */
  readonly newRights: string;
  /** `2` when its system calls are filtered. */
  readonly systemCalls: string;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly swap: number;
  readonly processes: number;
  /** Those of some folders in which it could make a file. */
  readonly writable: readonly string[];
  /** How /tmp is mounted. */
  readonly temporary: string;
  /** The program that is the container's first process. */
  readonly first: string;
}

/** Looks at it from inside, and tries to write. */
export async function confinementOf(container: Pick<ComposeContainer, 'exec'>): Promise<Confinement> {
  return JSON.parse(await inside(container, 'look'));
}

/** Ends the program at once, as a crash does. */
export async function killProducer(container: Pick<ComposeContainer, 'exec'>): Promise<void> {
  await inside(container, 'kill');
}

async function inside({ exec }: Pick<ComposeContainer, 'exec'>, what: 'look' | 'kill'): Promise<string> {
  const source = await readFile(new URL('inside.mjs', import.meta.url), 'utf8');
  return await exec('node', '--input-type=module', '--eval', source, what);
}
