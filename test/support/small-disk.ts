import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk of its own for a test, in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it, but for so many bytes. */
  fill(butFor?: number): Promise<void>;
  /** Gives back the room that `fill` took. */
  makeRoom(): Promise<void>;
  /** From now on nothing can be written on it. */
  protect(): void;
}

/** A reason to skip a test that needs {@link openSmallDisk}, or false when this machine lets it be made. */
export const withoutSmallDisk = canMount() ? false : 'needs to mount a small disk in memory (Linux, as root)';

/** Mounts a disk of this many MiB; it goes when the test's process ends, for what was opened on it ends before. */
export function openSmallDisk(mebibytes: number): SmallDisk {
  const folder = mount(mebibytes);
  process.once('exit', () => {
    // Lazily: this process may still have a file open on it.
    spawnSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    async fill(butFor = 0) {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - butFor))).catch((error) => {
        // Somebody else has written meanwhile: it is full all the same.
        if (error.code !== 'ENOSPC') throw error;
      });
    },
    makeRoom: () => rm(ballast),
    protect() {
      spawnSync('mount', ['-o', 'remount,ro', folder]);
    },
  };
}

function mount(mebibytes: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'joy-disk-'));
  const options = ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder];
  if (spawnSync('mount', options).status === 0) return folder;
  rmdirSync(folder);
  throw new Error('The small disk could not be mounted.');
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    const folder = mount(1);
    spawnSync('umount', [folder]);
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
