import { availableParallelism } from 'node:os';
import { styleText } from 'node:util';
import { type Outcome, runProcess, type TestProcess } from './run-process.ts';
import { anyFailed, costsOf, summary } from './summary.ts';
import { sharedProcesses, type TestBuild } from './test-build.ts';
import type { TestFile } from './test-files.ts';
import { expectedTimes, keepTimes, longestFirst } from './times.ts';

/** How a run of tests is to go. */
export interface RunOptions {
  readonly root: string;
  /** What the tests are run from; their sources if it is undefined. */
  readonly build: TestBuild | undefined;
  /** How many processes run at once; two more than there are cores if not given, for most of them wait now and then. */
  readonly jobs?: number;
  /** How many lines the table of times has. */
  readonly rows: number;
  /** After how many milliseconds without a test that begins or ends a process hangs. */
  readonly limit: number;
}

type Waiting = TestProcess & { readonly size: number };

/**
 * Runs test files, prints what each has printed when it ends, and at the end the summary.
 *
 * @returns whether all is well
 */
export async function runAll(
  files: readonly TestFile[],
  { root, build, jobs = availableParallelism() + 2, rows, limit }: RunOptions,
): Promise<boolean> {
  const began = performance.now();
  const waiting = longestFirst(processesFor(files, build), expectedTimes(root));
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await runProcess(next, root, limit);
      outcomes.push(outcome);
      process.stdout.write(shown(outcome));
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const costs = costsOf(root, outcomes);
  keepTimes(root, Object.fromEntries(outcomes.map(({ name, took }) => [name, took])));
  process.stdout.write(coloured(summary(outcomes, { costs, took: performance.now() - began, jobs, rows })));
  return !anyFailed(outcomes);
}

/** All unit tests in one process, what may share one with its folder in one a folder, every other file in its own. */
function processesFor(files: readonly TestFile[], build: TestBuild | undefined): Waiting[] {
  const unit = files.filter(({ shares }) => shares === 'with unit tests');
  const byFolder = inFolders(files.filter(({ shares }) => shares === 'with its folder'));
  return [
    ...(unit.length > 0 ? [together('the unit tests', sharedProcesses.unit, unit)] : []),
    ...[...byFolder].map(([folder, some]) =>
      some.length > 1 ? together(folder, sharedProcesses.together, some) : own(some[0]!),
    ),
    ...files.filter(({ shares }) => shares === 'with none').map(own),
  ].map((process) => (build ? fromBuild(process, build) : process));
}

const fromBuild = (process: Waiting, build: TestBuild): Waiting => ({
  ...process,
  args: process.args.map((file) => build.built(file)),
  build: build.folder,
});

/**
 * By room, and in the larger rooms by part, such as `test/local/aws`; who would be alone in a part goes with the room.
 */
function inFolders(files: readonly TestFile[]): ReadonlyMap<string, readonly TestFile[]> {
  const byPart = groupedBy(files, partOf);
  return groupedBy(files, (file) => (byPart.get(partOf(file))!.length > 1 ? partOf(file) : roomOf(file)));
}

function groupedBy(
  files: readonly TestFile[],
  folderOf: (file: TestFile) => string,
): Map<string, TestFile[]> {
  const groups = new Map<string, TestFile[]>();
  for (const file of files) {
    const folder = folderOf(file);
    groups.set(folder, [...(groups.get(folder) ?? []), file]);
  }
  return groups;
}

const roomOf = ({ path }: TestFile): string => path.split('/').slice(0, 2).join('/');

const partOf = (file: TestFile): string => {
  const parts = file.path.split('/');
  const isLarge = ['bot', 'local', 'party'].includes(parts[1]!) && parts.length > 3;
  return isLarge ? parts.slice(0, 3).join('/') : roomOf(file);
};

const own = ({ path, loads }: TestFile): Waiting => ({
  name: path,
  args: [path],
  size: loads.size,
});

const together = (name: string, program: string, files: readonly TestFile[]): Waiting => ({
  name,
  args: [program, ...files.map(({ path }) => path)],
  files: files.map(({ path }) => path),
  size: files.reduce((sum, { loads }) => sum + loads.size, 0),
});

function shown({ name, output, fault, took }: Outcome): string {
  const head = `\n${name} (${(took / 1000).toFixed(1)} s)\n`;
  return coloured(`${head}${output}${fault === undefined ? '' : `✖ ${name} ${fault}\n`}`);
}

/** Only for a terminal. (The tests' own processes print no colours: the programs that they try would too.) */
const coloured = (text: string): string =>
  process.stdout.isTTY && process.stdout.hasColors()
    ? text
        .replace(/^( *)(✔)/gm, (_, indent, mark) => `${indent}${styleText('green', mark)}`)
        .replace(/^( *)(✖.*)$/gm, (_, indent, line) => `${indent}${styleText('red', line)}`)
    : text;
