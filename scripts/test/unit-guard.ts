import childProcess, { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workerThreads from 'node:worker_threads';

/**
 * Imported first by the process of the unit tests: whoever starts a process or a thread, listens or connects is
 * refused, even where the imports of the file did not show it (a package that does it, the global `fetch`).
 */
function refuse(object: object, name: string, what: string): void {
  const original = Reflect.get(object, name);
  Reflect.set(object, name, function refused(this: unknown, ...args: unknown[]): unknown {
    // What reads TypeScript works in this process too, and may start esbuild. No unit test does: it would not be one.
    const byLoader = /[\\/]node_modules[\\/]esbuild[\\/]/.test(new Error().stack ?? '');
    if (byLoader) return new.target ? new original(...args) : original.apply(this, args);
    throw new Error(
      `A unit test may not ${what}. If it has to, name the package that does it in scripts/test/test-files.ts ` +
        '(`notUnit`), and its file gets a process of its own.',
    );
  });
}

refuse(net.Socket.prototype, 'connect', 'connect to anything');
refuse(net.Server.prototype, 'listen', 'listen on a port');
refuse(dgram.Socket.prototype, 'bind', 'listen on a port');
refuse(dgram.Socket.prototype, 'send', 'send anything');
refuse(ChildProcess.prototype, 'spawn', 'start a process');
for (const name of ['spawnSync', 'execSync', 'execFileSync']) refuse(childProcess, name, 'start a process');
refuse(workerThreads, 'Worker', 'start a thread');
syncBuiltinESMExports();
