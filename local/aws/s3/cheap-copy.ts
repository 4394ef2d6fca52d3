import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, rename, rm, stat } from 'node:fs/promises';

/** Above this many bytes a file is linked and not copied, where the file system cannot share its blocks. */
const mostCopied = 1024 * 1024;

/**
 * Copies a file that is never written to in place, whole or not at all. Where the file system can, the two share their
 * blocks until one is changed (Btrfs, XFS, APFS). Elsewhere a small file is copied, and a large one gets a second name,
 * which keeps it from being deleted or replaced, and costs nothing.
 */
export async function cheapCopy(from: string, to: string): Promise<void> {
  const fresh = `${to}.${randomUUID()}.new`;
  try {
    await copyFile(from, fresh, constants.COPYFILE_FICLONE_FORCE).catch(async () => {
      await rm(fresh, { force: true });
      if ((await stat(from)).size <= mostCopied) return await copyFile(from, fresh);
      // Not every file system has links (exFAT).
      await link(from, fresh).catch(() => copyFile(from, fresh));
    });
    await rename(fresh, to);
  } finally {
    await rm(fresh, { force: true });
  }
}
