import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { withSourcePlaces } from '../build/source-places.ts';
import { type Ended, isFailure, type Started, type TestEvent } from './events.ts';

/** A process that runs tests, as it is to be started. */
export interface TestProcess {
  /** Shown above what it prints, and in the table: a file's path, or what the process is for. */
  readonly name: string;
  /** The program and its arguments: JavaScript, or TypeScript that is read file by file. */
  readonly args: readonly string[];
  /** Test files that share the process, from the project's folder; none where the program is the test file. */
  readonly files?: readonly string[];
  /** The folder of the build that it runs from, if it does; absolute. */
  readonly build?: string;
}

/** What a process of tests came to. */
export interface Outcome {
  readonly name: string;
  /** All that was printed, by node's "spec" reporter and by whatever the tests ran, in its order. */
  readonly output: string;
  readonly ended: readonly Ended[];
  /** What the closing list says of the tests that failed. */
  readonly failures: string;
  /** Why the file as such failed: it could not be loaded, crashed, or was stopped at the limit. */
  readonly fault: string | undefined;
  /** From its start to its end, in milliseconds. */
  readonly took: number;
  /** Processor time, in milliseconds, with all that it started and that ended before it; 0 if it was ended itself. */
  readonly spent: number;
}

/**
 * What saves processor time in tests and in all that they start, for much less is done in each process than at a party.
 * Several engines compute at once: with two threads each they would take a tenth more for the same. And GNU's allocator
 * (mallopt(3)) keeps what is freed, up to so many bytes, in place of having the system give and take it: half of the
 * system's time where an engine starts.
 */
const thrifty = {
  ENGINE_THREADS: '1',
  MALLOC_TRIM_THRESHOLD_: '1000000000',
  MALLOC_MMAP_THRESHOLD_: '1000000000',
};

/** The processes that run now, for `stopAll`. */
const running = new Set<ChildProcess>();

/**
 * Runs tests in a process of their own and waits for its end. It gets a group of its own, so that at the limit all
 * that it has started ends with it.
 *
 * @param limit in milliseconds; if for so long no test begins or ends, it hangs
 */
export async function runProcess(
  { name, args, files = [], build }: TestProcess,
  root: string,
  limit: number,
): Promise<Outcome> {
  const began = performance.now();
  const reporter = fileURLToPath(new URL('reporter.mjs', import.meta.url));
  const lighter = new URL('lighter.mjs', import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      // So much memory for what is new, in MB, from the start on: it is looked through less often while all is loaded.
      '--min-semi-space-size=16',
      '--import',
      lighter,
      // The half of tsx that reads modules: nothing here is CommonJS, and each process starts a little sooner.
      ...(args[0]?.endsWith('.ts') ? ['--import', import.meta.resolve('tsx/esm')] : []),
      `--test-reporter=${reporter}`,
      '--test-reporter-destination=stdout',
      ...args,
    ],
    {
      cwd: root,
      // NODE_TEST_CONTEXT is set where this runner is itself run by a test: the reporter would not be asked.
      env: { ...thrifty, ...process.env, NODE_TEST_CONTEXT: undefined, TEST_BUILD: build },
      detached: canGroup,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  let output = '';
  let told = '';
  const [, stdout, stderr, channel] = child.stdio;
  collect(stdout, (text) => {
    output += text;
  });
  collect(stderr, (text) => {
    output += text;
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child, 'SIGKILL');
  }, limit);
  collect(channel, (text) => {
    told += text;
    timer.refresh();
  });
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('error', (error) => {
      output += `${error.message}\n`;
      resolve({ code: 1, signal: null });
    });
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(timer);
  running.delete(child);

  const events = told
    .split('\n')
    .flatMap((line): TestEvent[] => (line === '' ? [] : [fromSource(JSON.parse(line))]));
  const ended = events.filter((event) => event.type === 'end');
  const closing = events.find((event) => event.type === 'failures');
  const silent = files.filter((file) => !ended.some((test) => test.file === path.join(root, file)));
  return {
    name,
    output: sourced(output),
    ended,
    failures: sourced(closing?.text ?? failuresOf(ended)),
    fault: fault(),
    took: performance.now() - began,
    spent: closing?.spent ?? 0,
  };

  function sourced(text: string): string {
    return build === undefined ? text : withSourcePlaces(text, root, build);
  }

  /** With the file that the test is written in, and not the one that was built of it. */
  function fromSource(event: TestEvent): TestEvent {
    if (event.type === 'failures' || build === undefined || !event.file?.startsWith(build + path.sep))
      return event;
    const within = path.relative(build, event.file);
    return { ...event, file: path.join(root, within.replace(/\.js$/, '.ts')) };
  }

  function fault(): string | undefined {
    if (late)
      return `was stopped after ${limit / 1000} s in which no test began or ended. ${whatRan(events)}`;
    if (signal !== null) return `was ended by ${signal}. ${whatRan(events)}`;
    if (code !== 0 && !ended.some(isFailure))
      return `ended with exit code ${code}, though none of its tests failed`;
    if (code !== 0) return undefined;
    // Node's reporter has the last word, whatever the tests came to; whoever exits before that hides the rest of them.
    if (!closing || ended.length === 0) return `ended before its tests did, or has none. ${whatRan(events)}`;
    return silent.length > 0 ? `ran no test of ${silent.join(', ')}` : undefined;
  }
}

/** Ends all processes that run now, with what they have started. */
export function stopAll(signal: NodeJS.Signals): void {
  for (const child of running) stop(child, signal);
}

function collect(stream: Readable | Writable | null | undefined, more: (text: string) => void): void {
  (stream as Readable).setEncoding('utf8').on('data', more);
}

/** Windows has no groups of processes. */
const canGroup = process.platform !== 'win32';

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (canGroup && child.pid !== undefined) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended by itself.
  }
}

/** What failed in a process that was ended before it could say so itself. */
const failuresOf = (ended: readonly Ended[]): string =>
  ended.flatMap(({ name, error }) => (error === undefined ? [] : [`\n✖ ${name}\n${error}\n`])).join('');

/** The tests that had begun and not ended, innermost last. */
function whatRan(events: readonly TestEvent[]): string {
  const open: Started[] = [];
  for (const event of events) {
    if (event.type === 'start') open.push(event);
    if (event.type !== 'end') continue;
    const at = open.findIndex(
      ({ name, nesting, file }) => name === event.name && nesting === event.nesting && file === event.file,
    );
    if (at >= 0) open.splice(at, 1);
  }
  if (open.length === 0) {
    const last = events.findLast((event) => event.type === 'end');
    const where = last ? `after "${last.name}"` : 'before the first test ended';
    return `No test was seen running: it was blocked, or something was left open, ${where}.`;
  }
  return `What ran then: ${open.map(({ name }) => `"${name}"`).join(', ')}.`;
}
