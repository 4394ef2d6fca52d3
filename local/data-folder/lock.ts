import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pageOf } from './house-file.ts';

/** Another program works on the same data folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  /** @param page the address of its page; undefined when it has none, or none yet */
  constructor(folder: string, command: string, page: string | undefined) {
    super(
      `Musical Joy is already running on the data folder ${folder}.\n` +
        (page === undefined ? '' : `Page: ${page}\n`) +
        'Use that one, stop it first, or start with another folder: ' +
        `${command} -- --data another-folder`,
    );
  }
}

/**
 * Makes sure that one program alone works on a data folder. The lock is a listening socket: the system takes it
 * back however the program ends, so that none is ever left behind, and no process id can be mistaken.
 *
 * @param command how the program is started, for what is said to people
 * @returns a function that gives the folder back
 * @throws FolderInUseError
 */
export async function lockFolder(folder: string, command = 'npm start'): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const address = socketAddress(realpathSync(folder));
  const server = net.createServer((socket) => socket.destroy());
  server.unref();
  if (!(await listens(server, address))) {
    if (await isAnswered(address)) throw new FolderInUseError(folder, command, pageOf(folder));
    // Nobody answers: the file is what a killed program left behind.
    rmSync(address, { force: true });
    if (!(await listens(server, address))) throw new FolderInUseError(folder, command, pageOf(folder));
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** A short name whatever the folder's is: the path of a socket is limited to about 100 bytes. */
function socketAddress(folder: string): string {
  const name = `musical-joy-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}

function listens(server: net.Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(address, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
