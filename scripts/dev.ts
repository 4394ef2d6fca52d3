import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from './packages.mjs';

/**
 * `npm run dev [-- options of npm start]`: the house, started anew whenever a file that it uses is saved. The data
 * folder stays, so guests, songs and the chat are there again; a party that is on goes on.
 */

/** What the house runs in other processes or sends to the browser, which no import of its own names. */
const alsoWatched = ['local/page/**', 'vision/**', 'carols/**'];

const child = spawn(
  process.execPath,
  [
    fileURLToPath(import.meta.resolve('tsx/cli')),
    'watch',
    '--clear-screen=false',
    ...alsoWatched.map((pattern) => `--include=${pattern}`),
    'local/start.ts',
    '--no-open',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
