import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeArguments } from '../support/node-arguments.ts';
import { type Ended, environment, type Place } from './command.ts';

/** Runs a command as `npm run` does, in a process of its own; it ends with the test. */
export async function runProcess(
  t: TestContext,
  place: Place,
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { execArgv, file } = nodeArguments(commandFile(name));
  const child = spawn(process.execPath, [...execArgv, file, ...args], {
    cwd: place.folder,
    env: environment(place, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

export const commandFile = (command: string): string =>
  fileURLToPath(new URL(`../../deploy/${command}.ts`, import.meta.url));
