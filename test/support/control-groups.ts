import { existsSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from './eventually.ts';

const root = '/sys/fs/cgroup';

/** Removes a control group and those in it, in each hierarchy (cgroups(7)), once the last process in it has ended. */
export async function removeGroups(name: string): Promise<void> {
  const hierarchies = [root, ...(await foldersIn(root))];
  const groups = hierarchies.map((folder) => path.join(folder, name)).filter((folder) => existsSync(folder));
  for (const group of groups) {
    await eventually(`${group} is empty`, () =>
      remove(group).then(
        () => true,
        (error) => {
          if (error.code === 'EBUSY') return false;
          throw error;
        },
      ),
    );
  }
}

async function remove(group: string): Promise<void> {
  for (const inner of await foldersIn(group)) await remove(inner);
  await rmdir(group);
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
}
