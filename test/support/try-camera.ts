import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../producer/try-camera/main.ts', import.meta.url));

/** Starts `npm run camera` away from any `.env`, without a terminal. */
export function startTryingCamera(
  cwd: string,
  env: Record<string, string>,
  args: readonly string[] = ['--seconds', '5'],
) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...args], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, ended, output: () => output };
}

/** Runs it to its end. */
export async function tryCamera(...given: Parameters<typeof startTryingCamera>) {
  const command = startTryingCamera(...given);
  return { code: await command.ended, output: command.output() };
}
