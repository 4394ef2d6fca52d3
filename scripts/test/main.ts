import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../packages.mjs';
import { keepTsxCache, memoryFolder } from './memory-folder.ts';
import { runAll } from './run-all.ts';
import { stopAll } from './run-process.ts';
import { buildTests } from './test-build.ts';
import { chosenOf, examine, isForLongRun, testPaths } from './test-files.ts';
import { watchUnitTests } from './watch.ts';

const minute = 60_000;

const usage = `Usage: npm test [-- word… --unit --watch --long --times --jobs n]

  word…      only the files whose path contains one of the words, without the checks
  --unit     only unit tests: those without a server, another process, a browser or the network
  --watch    unit tests, and again those that a change concerns
  --long     the files named *.long.test.ts too; what repeats (kill rounds, random walks) repeats many times, and
             Docker builds the producer's image and runs it (TEST_LONG=1)
  --times    the time of every file, and of the processors, not only of the slowest
  --jobs n   how many processes run at once; two more than there are cores
`;

/**
 * `npm test`: checks types, lint and the import rule, then runs all tests; stops at the first of these that fails.
 * With words or an option that chooses, only those tests, without the checks.
 */
async function main(): Promise<number> {
  const { values, positionals: words } = options();
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.long) process.env.TEST_LONG = '1';
  const all = testPaths(root);
  const paths = chosenOf(all, words, values.long ?? false);
  if (paths.length === 0) return nothingToRun(words, 'test');
  if (values.watch) return watchUnitTests(root, words);
  if (words.length === 0 && !values.unit) {
    const failed = await check();
    if (failed !== 0) return failed;
  }
  const build = await buildTests(root, paths);
  process.once('exit', () => build?.remove());
  const files = examine(root, paths, build?.inputs);
  const chosen = files.filter(({ notUnit }) => !values.unit || notUnit === undefined);
  if (chosen.length === 0) return nothingToRun(words, 'unit test');
  console.log(`\nTests (${chosen.length} files)`);
  // Whoever names a place for it gets that.
  const folder = process.env.TMPDIR === undefined ? memoryFolder() : undefined;
  if (folder !== undefined) {
    process.env.TMPDIR = folder;
    keepTsxCache(folder, path.join(root, 'node_modules/.cache/musical-joy/tsx'));
  }
  const well = await runAll(chosen, {
    root,
    build,
    rows: values.times ? Number.POSITIVE_INFINITY : 20,
    // No test takes anything like this long: one that does hangs, and is to fail rather than hold up the others.
    limit: (values.long ? 60 : 5) * minute,
    ...(values.jobs !== undefined && { jobs: Number(values.jobs) }),
  });
  const left = all.filter(isForLongRun).length;
  if (words.length === 0 && !values.long && !values.unit)
    console.log(`\n${left} files that take long are left to npm run test:long.`);
  if (!well) console.error('\nFailed: Tests');
  return well ? 0 : 1;
}

/** A run of nothing says nothing of the code. @returns the exit code */
function nothingToRun(words: readonly string[], kind: string): number {
  console.error(
    words.length === 0 ? `There are no ${kind}s.` : `No ${kind} file's name contains ${words.join(' or ')}.`,
  );
  return 1;
}

function options() {
  try {
    const given = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        unit: { type: 'boolean' },
        watch: { type: 'boolean' },
        long: { type: 'boolean' },
        times: { type: 'boolean' },
        jobs: { type: 'string' },
      },
    });
    const { jobs } = given.values;
    if (jobs !== undefined && !/^[1-9]\d*$/.test(jobs))
      throw new Error(`--jobs takes a number from 1 on, not ${jobs}.`);
    return given;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

/** Types, lint, format and the import rule, side by side. @returns the exit code of the first that fails, or 0 */
async function check(): Promise<number> {
  const tsc = 'node_modules/typescript/bin/tsc';
  const checks: Array<[string, string[]]> = [
    ['Types', [tsc]],
    ["Types of the page's browser side", [tsc, '-p', 'local/page/browser']],
    ['Lint, format and the import rule', ['node_modules/@biomejs/biome/bin/biome', 'ci']],
  ];
  const running = checks.map(([name, args]) => ({ name, ended: checked(args) }));
  for (const { name, ended } of running) {
    console.log(`\n${name}`);
    const { code, output } = await ended;
    process.stdout.write(output);
    if (code !== 0) {
      console.error(`\nFailed: ${name}`);
      return code;
    }
  }
  return 0;
}

async function checked(args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const code = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  return { code, output };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopAll('SIGKILL');
    console.error(`Ended by ${signal}.`);
    process.exit(1);
  });
}
process.exitCode = await main();
