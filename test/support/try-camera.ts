import { fileURLToPath } from 'node:url';
import { type NodeProgram, startNodeProgram } from './node-program.ts';

const program = fileURLToPath(new URL('../../producer/try-camera/main.ts', import.meta.url));

/** Starts `npm run camera` away from any `.env`, without a terminal. */
export function startTryingCamera(
  cwd: string,
  env: Record<string, string>,
  args: readonly string[] = ['--seconds', '5'],
): NodeProgram {
  const { PATH = '', HOME = '' } = process.env;
  return startNodeProgram(program, args, { cwd, env: { PATH, HOME, ...env } });
}

/** Runs it to its end. */
export async function tryCamera(...given: Parameters<typeof startTryingCamera>) {
  const command = startTryingCamera(...given);
  return { code: await command.ended, output: command.output() };
}
