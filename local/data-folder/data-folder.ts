import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from '../disk/disk-full.ts';

/** The data folder cannot be used. The message is for the host: what is wrong with it, and what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

const defaultCommand = 'npm start';

/** Why a folder cannot be used, and what to do: for people. */
type Reason = (folder: string, command: string) => string;

/** As much as a start writes at once. */
const probeBytes = 1024 * 1024;

/**
 * Makes the data folder if it is not there, and sees that it can be written.
 *
 * @param command how the program is started, for what is said to people
 * @throws DataFolderError
 */
export function openDataFolder(folder: string, command = defaultCommand): void {
  const probe = path.join(folder, `probe-${randomUUID()}`);
  try {
    makeFolder(folder);
    try {
      writeFileSync(probe, Buffer.alloc(probeBytes));
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    const why = reasons[codeOf(error) ?? ''];
    throw why ? new DataFolderError(why(folder, command), { cause: error }) : error;
  }
}

/** The disk with the data folder is full. */
export function diskFullError(folder: string, cause: unknown): DataFolderError {
  return new DataFolderError(full(folder, defaultCommand), { cause });
}

/**
 * Something in the data folder may not be read or written: often since the program was once run as another user.
 *
 * @returns undefined when the error is about something else
 */
export function forbiddenError(folder: string, cause: unknown): DataFolderError | undefined {
  const { path: file } = cause as NodeJS.ErrnoException;
  if (!file?.startsWith(folder + path.sep)) return undefined;
  const message = `${file} may not be read or written. Give yourself the right to all of ${folder}; nothing is lost.`;
  return new DataFolderError(message, { cause });
}

const elsewhere = (command: string) => `or start with another folder: ${command} -- --data another-folder`;

const notWritable: Reason = (folder, command) =>
  `The data folder ${folder} cannot be written. Give yourself the right to write there, ${elsewhere(command)}`;
const notFolder: Reason = (folder, command) =>
  `The data folder ${folder} cannot be one: there is a file in its place. Move that file away, ${elsewhere(command)}`;
const full: Reason = (folder, command) =>
  `The disk with the data folder ${folder} is full. Free some space on it, or start with a folder on another disk: ${command} -- --data another-folder`;

/** By the system's code of an error. */
const reasons: Readonly<Record<string, Reason>> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOENT: notWritable,
  EEXIST: notFolder,
  ENOTDIR: notFolder,
  ENOSPC: full,
  EDQUOT: full,
};

/**
 * Not mkdir's own `recursive`: Node 20's says of a file system that takes nothing that a folder is missing, and in
 * some places, such as below /proc, it never returns.
 */
function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  try {
    // Faces and a token are in it: they are nobody else's.
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}
