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
 * As in the tests' own processes (`scripts/test/lighter.mjs`, `run-process.ts`), for what these run is soon over too: how
 * much a function runs before V8 optimises it, which versions after 22 do not know and would not start with; and how much
 * memory, in MB, is for what is new, of which a start makes a lot.
 */
const lighter = [
  ...(Number(process.versions.node.split('.')[0]) <= 22 ? ['--interrupt-budget=400000'] : []),
  '--min-semi-space-size=16',
];

/**
 * How to start a program of the project's, by the absolute path of its source: from the tests' build if it is in there,
 * or its source, read by tsx, which takes longer. What is JavaScript is started as it is.
 */
export function nodeArguments(file: string): NodeArguments {
  if (file.endsWith('.mjs')) return { execArgv: [], file };
  const { TEST_BUILD: build } = process.env;
  const built = build && path.join(build, path.relative(root, file).replace(/\.ts$/, '.js'));
  return built && existsSync(built)
    ? { execArgv: lighter, file: built }
    : { execArgv: ['--import', import.meta.resolve('tsx')], file };
}
