import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Node's own arguments for one of the project's programs, and the file to start. */
export interface NodeArguments {
  readonly execArgv: string[];
  readonly file: string;
}

/**
 * How to start a program of the project's, by the absolute path of its source: from the tests' build if it is in there,
 * or its source, read by tsx, which takes longer.
 */
export function nodeArguments(file: string): NodeArguments {
  const { TEST_BUILD: build } = process.env;
  const built = build && path.join(build, path.relative(root, file).replace(/\.ts$/, '.js'));
  return built && existsSync(built)
    ? { execArgv: ['--enable-source-maps'], file: built }
    : { execArgv: ['--import', import.meta.resolve('tsx')], file };
}
