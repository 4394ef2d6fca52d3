import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { removeGroups } from '../control-groups.ts';

/**
 * With so much memory, MB, a function has one vCPU; with less, less (developer guide, "Configure Lambda function
 * memory").
 */
const memoryOfOneCpu = 1769;

/** The time that a share is of, microseconds: the kernel's usual one. */
const period = 100_000;

/** Of one of this machine's processors, as a part of 1, or more than one of them. */
export const shareOfCpu = (memory: number): number => memory / memoryOfOneCpu;

/** A control group of the kernel's (cgroups(7)), in which processes have a share of the processor. */
export interface CpuGroup {
  /** Puts a process there, with all that it starts. */
  take(pid: number): Promise<void>;
  /** Removes it, once its last process has ended. */
  remove(): Promise<void>;
}

/** Where groups are made and what their limit is called: in the first version of control groups, and in the second. */
const hierarchies = [
  { folder: '/sys/fs/cgroup/cpu', file: 'cpu.cfs_quota_us', limit: (quota: number) => `${quota}` },
  { folder: '/sys/fs/cgroup', file: 'cpu.max', limit: (quota: number) => `${quota} ${period}` },
];

let groups = 0;

/**
 * Makes a group with a share of one processor.
 *
 * @throws the system's error where this process may not, or the kernel has no such groups
 */
export async function openCpuGroup(share: number): Promise<CpuGroup> {
  const { folder, file, limit } = hierarchies.find((one) => existsSync(one.folder)) ?? hierarchies[1]!;
  const name = `musical-joy-${process.pid}-${groups++}`;
  const group = path.join(folder, name);
  await mkdir(group);
  try {
    await writeFile(path.join(group, file), limit(Math.round(share * period)), { flag: 'r+' });
  } catch (error) {
    await rmdir(group);
    throw error;
  }
  return {
    take: (pid) => writeFile(path.join(group, 'cgroup.procs'), `${pid}`, { flag: 'r+' }),
    remove: () => removeGroups(name),
  };
}

/** Why functions have all of this machine's processors; undefined when they have their share. */
export const whyNoShare: string | undefined = await openCpuGroup(1).then(
  async (group) => void (await group.remove()),
  (error: Error) => `no control group can be made (${error.message})`,
);
