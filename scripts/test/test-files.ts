import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { packageOf } from '../build/bundled-packages.ts';

/** A test file, and what follows from what it loads. */
export interface TestFile {
  /** From the project's folder, with slashes: `test/bot/names.test.ts`. */
  readonly path: string;
  /** The project's own files that it loads, itself among them, from the project's folder. */
  readonly loads: ReadonlySet<string>;
  /** Why it is no unit test; undefined for one. */
  readonly notUnit: string | undefined;
  /** Which other files may be in its process: all unit tests, others of its folder, or none. */
  readonly shares: 'with unit tests' | 'with its folder' | 'with none';
}

const network = 'the network';
const server = 'a server';
const synthesis = 'a synthesis of the stack or a bundle';

/**
 * What no unit test loads, however far away: whatever starts a server, another process, a browser or native code
 * that can take the process with it. A file that loads none of these is a unit test by that alone: there is no list
 * to keep. (AWS clients may be loaded, for their types and errors; `unit-guard.ts` sees to it that none is used.)
 */
const notUnit: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(node:)?(child_process|cluster|worker_threads)$/, 'other processes'],
  [/^playwright-core$/, 'a browser'],
  [/^(onnxruntime-node|node-av)(\/|$)/, 'native code'],
  [/^(aws-cdk-lib|cdk-nag|esbuild)(\/|$)/, synthesis],
  [/^(node:)?(https?|http2|net|tls|dgram)$/, network],
  [/^@hono\/node-server$/, server],
  // dynalite is loaded there, in a way that esbuild does not see.
  [/^local\/aws\/dynalite\/level\.ts$/, server],
];

/**
 * Whether a test file is left to `npm run test:long`, by its name: `road.long.test.ts`. So are whole roads of which
 * others tell most.
 */
export const isForLongRun = (file: string): boolean => file.endsWith('.long.test.ts');

/**
 * Those that a run takes.
 *
 * @param words files whose path contains one of them, those for the long run among them; all if there are none
 * @param long whether this is the long run
 */
export const chosenOf = (paths: readonly string[], words: readonly string[], long: boolean): string[] =>
  paths.filter((file) =>
    words.length > 0 ? words.some((word) => file.includes(word)) : long || !isForLongRun(file),
  );

/** The paths of all test files in a project, in alphabetical order. */
export function testPaths(root: string): string[] {
  return readdirSync(path.join(root, 'test'), { recursive: true })
    .map((file) => `test/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}

/**
 * What test files load, and which of them are unit tests. A file that cannot be read as TypeScript, or imports a file
 * that is not there, makes all of them run alone, where the runner shows what is wrong with it.
 *
 * @param imports each file's, as esbuild sees them once types are gone; undefined when it could not
 */
export function examine(
  root: string,
  paths: readonly string[],
  imports: Metafile['inputs'] | undefined,
): TestFile[] {
  return paths.map((file) => {
    if (!imports) return { path: file, loads: new Set([file]), notUnit: 'not readable', shares: 'with none' };
    const all = reach(file, imports);
    const uses = reasonIn(all);
    const alone = reasonIn(reach(file, imports, shareable));
    const hooks = hooked(path.join(root, file));
    return { path: file, loads: all.files, notUnit: uses ?? hooks, shares: sharing(uses, alone, hooks) };
  });
}

/** Whoever shares a process with these does not notice. */
const shareable: ReadonlySet<string> = new Set([
  // Each starts a process that has nothing of its parent's but its end.
  'carols/renderer.ts',
  'infra/functions/build.ts',
  'local/aws/kinesis-video/decoder.ts',
  'local/telegram/media/probe.ts',
  'producer/camera/video-reader.ts',
  'vision/forked-engine.ts',
]);

/**
 * Starting a process takes a second and more where the AWS clients and grammY are loaded. Servers of its own process are
 * all that such a file starts, each test its own: others may come after it in the same process.
 *
 * @param uses why it is no unit test
 * @param alone the same, but for what others may share with it
 */
function sharing(
  uses: string | undefined,
  alone: string | undefined,
  hooks: string | undefined,
): TestFile['shares'] {
  if (hooks !== undefined) return 'with none';
  if (uses === undefined) return 'with unit tests';
  return alone === undefined || [network, server, synthesis].includes(alone)
    ? 'with its folder'
    : 'with none';
}

/** What a file loads, itself among it: the project's own files, and packages. */
interface Reach {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

/** @param leaves files whose own imports are left out */
function reach(start: string, imports: Metafile['inputs'], leaves: ReadonlySet<string> = new Set()): Reach {
  const files = new Set([start]);
  const packages = new Set<string>();
  for (const file of files) {
    if (leaves.has(file)) continue;
    for (const { path: imported, external } of imports[file]?.imports ?? []) {
      const bundled = packageOf(imported);
      if (external || bundled) packages.add(bundled ?? imported);
      else files.add(imported);
    }
  }
  return { files, packages };
}

const reasonIn = ({ files, packages }: Reach): string | undefined =>
  notUnit.find(([pattern]) => [...files, ...packages].some((name) => pattern.test(name)))?.[1];

/** What in a file is for its whole process. */
function hooked(file: string): string | undefined {
  const source = readFileSync(file, 'utf8');
  // They would run for every file.
  if (/^(before|after|beforeEach|afterEach)\(/m.test(source)) return 'hooks outside of describe';
  // Its Lambdas are made once in a process, as on AWS, and would still be the first house's in the second.
  return /\bopenHouse\(/.test(source) ? 'a whole house' : undefined;
}
