import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Program, startProgram } from '../test/support/program.ts';

const root = new URL('../', import.meta.url);

/**
 * Starts the program on free ports by what `npm start` runs: so from its build, with the same arguments of node's.
 *
 * @param folder of its data
 */
export function npmStart(folder: string, env: Record<string, string> = {}): Program {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const [, ...words] = (scripts.start as string).split(' ');
  const launcher = words.findIndex((word) => !word.startsWith('--'));
  const options = ['--no-open', '--port', '0', '--aws-port', '0', '--data', folder];
  return startProgram([...words.slice(launcher + 1), ...options], env, {
    file: fileURLToPath(new URL(words[launcher]!, root)),
    nodeArgs: words.slice(0, launcher),
  });
}
