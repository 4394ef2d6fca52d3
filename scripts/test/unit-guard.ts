import childProcess, { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workerThreads from 'node:worker_threads';

/**
 * Imported first by the process of the unit tests: whoever starts a process or a thread, listens or connects is
 * refused, even where the imports of the file did not show it (a package that does it, the global `fetch`).
 */
function refuse(what: string) {
  return function refused(): never {
    throw new Error(
      `A unit test may not ${what}. If it has to, name the package that does it in scripts/test/test-files.ts ` +
        '(`notUnit`), and its file gets a process of its own.',
    );
  };
}

net.Socket.prototype.connect = refuse('connect to anything');
net.Server.prototype.listen = refuse('listen on a port');
dgram.Socket.prototype.bind = refuse('listen on a port');
dgram.Socket.prototype.send = refuse('send anything');
(ChildProcess.prototype as unknown as { spawn: () => never }).spawn = refuse('start a process');
for (const name of ['spawnSync', 'execSync', 'execFileSync'] as const)
  childProcess[name] = refuse('start a process');
workerThreads.Worker = class {
  constructor() {
    refuse('start a thread')();
  }
} as unknown as typeof workerThreads.Worker;
syncBuiltinESMExports();
