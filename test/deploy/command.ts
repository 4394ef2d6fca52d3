import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Cloud } from './cloud.ts';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as `npm run` does, in the cloud's folder, with nothing of the shell's own AWS or bot. */
export async function run(
  t: TestContext,
  cloud: Pick<Cloud, 'environment' | 'folder'>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, said } = start(t, cloud, args, env);
  await once(child, 'close');
  return { code: child.exitCode, ...said };
}

/**
 * Runs a command until it has said something, and ends it there with SIGKILL: what comes after is another test's,
 * and may take a minute.
 *
 * @returns what it has said so far; an error when it ends without saying that
 */
export async function runUntil(
  t: TestContext,
  cloud: Pick<Cloud, 'environment' | 'folder'>,
  says: RegExp,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { child, said } = start(t, cloud, args, env);
  child.stdout.on('data', () => says.test(said.stdout) && child.kill('SIGKILL'));
  await once(child, 'close');
  assert.match(said.stdout, says, said.stdout + said.stderr);
  return said.stdout;
}

function start(
  t: TestContext,
  cloud: Pick<Cloud, 'environment' | 'folder'>,
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), commandFile(command), ...args],
    { cwd: cloud.folder, env: environment(cloud, env), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  t.after(() => child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  return { child, said };
}

export const commandFile = (command: string): string =>
  fileURLToPath(new URL(`../../deploy/${command}.ts`, import.meta.url));

/** The environment of a command: the cloud's, and what a test adds. An empty text takes a variable away. */
export function environment(
  cloud: Pick<Cloud, 'environment'>,
  env: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|BOT_TOKEN$|CAMERA_)/.test(name));
  const all = {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...cloud.environment,
    ...env,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
