import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './disk-full.ts';
import { setAside } from './set-aside.ts';

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits of the file. */
  readonly mode?: number | undefined;
  /**
   * Flushed to the medium before it takes the old file's place, so that a power cut too leaves one of the two; true by
   * default. For what is written often and can be made anew, it costs more than it saves.
   */
  readonly durable?: boolean | undefined;
}

/**
 * Writes a whole file so that a reader, or a start after `kill -9` or a power cut, finds the old content or the new
 * and nothing between. A folder in its place is set aside.
 */
export async function writeFileAtomic(
  path: string,
  data: string | Uint8Array,
  { mode = 0o666, durable = true }: WriteOptions = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = freshName(path);
  try {
    const file = await open(fresh, 'w', mode);
    try {
      await file.writeFile(data);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path).catch((error: unknown) => {
      makeWay(path, error);
      return rename(fresh, path);
    });
    if (durable) flushFolder(dirname(path));
  } catch (cause) {
    await rm(fresh, { force: true });
    throw cause;
  }
}

/** As {@link writeFileAtomic}, while a program starts and nothing else is to be done meanwhile. */
export function writeFileAtomicSync(
  path: string,
  data: string | Uint8Array,
  { mode = 0o666 }: Pick<WriteOptions, 'mode'> = {},
): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = freshName(path);
  try {
    writeFileSync(fresh, data, { mode });
    flush(fresh, 'r+');
    try {
      renameSync(fresh, path);
    } catch (error) {
      makeWay(path, error);
      renameSync(fresh, path);
    }
    flushFolder(dirname(path));
  } catch (cause) {
    rmSync(fresh, { force: true });
    throw cause;
  }
}

/** Flushes a folder, so that a name in it outlives a power cut; not every system can (Windows cannot). */
export function flushFolder(folder: string): void {
  try {
    flush(folder, 'r');
  } catch {
    // The name is as safe as this system makes it.
  }
}

/** A JSON file's value, or undefined when there is no such file. Throws when it is there and is not JSON. */
export function readJsonFile<T>(path: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${path} is not JSON.`, { cause });
  }
}

const freshName = (path: string): string => `${path}.${randomUUID()}.new`;

function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** By Linux, macOS and Windows: a folder is where a file is to be. */
function makeWay(path: string, error: unknown): void {
  if (!['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
  if (!setAside(path, { onlyFolders: true })) throw error;
}
