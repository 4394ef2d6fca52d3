import { fileURLToPath } from 'node:url';
import { type Program, startProgram } from '../test/support/program.ts';

const launcher = fileURLToPath(new URL('../scripts/run.mjs', import.meta.url));

/** Starts the program by what `npm start` runs, so from its build, on free ports. @param folder of its data */
export const npmStart = (folder: string, env: Record<string, string> = {}): Program =>
  startProgram(['start', '--no-open', '--port', '0', '--aws-port', '0', '--data', folder], env, {
    file: launcher,
  });
