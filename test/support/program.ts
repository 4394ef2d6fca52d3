import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

const start = fileURLToPath(new URL('../../local/start.ts', import.meta.url));

/** The program, running as `npm start` runs it. */
export interface Program {
  readonly child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Settles when it has ended, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Waits until an address of this name is printed: `AWS`. */
  address(name: string): Promise<string>;
  /** Waits until both addresses are printed. */
  ready(): Promise<{ page: string; aws: string }>;
}

/** Starts the program, or another one of the project's, with these options; it is killed when the test ends. */
export function run(
  t: TestContext,
  args: readonly string[],
  env: Record<string, string> = {},
  before: readonly URL[] = [],
  file?: string,
): Program {
  const program = startProgram(args, env, before, file);
  t.after(() => program.kill());
  return program;
}

/**
 * Starts the program with these options, away from any `.env` of whoever runs it.
 *
 * @param before modules that are loaded before it, which may change what it finds in its process
 * @param file another program of the project's in its place
 */
export function startProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  before: readonly URL[] = [],
  file?: string,
): Program {
  const {
    BOT_TOKEN: _,
    CAMERA_URL: __,
    CAMERA_USER: ___,
    CAMERA_PASSWORD: ____,
    ...surroundings
  } = process.env;
  const child = spawn(
    process.execPath,
    [
      ...[import.meta.resolve('tsx'), ...before].flatMap((module) => ['--import', String(module)]),
      ...(file ? [file] : [start, '--no-open']),
      ...args,
    ],
    {
      cwd: tmpdir(),
      env: { ...surroundings, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const address = async (name: string): Promise<string> => {
    const printed = () => new RegExp(`^${name}: +(\\S+)$`, 'm').exec(output)?.[1];
    await eventually(`the address of ${name} is printed`, () => over || !!printed(), 60_000);
    const found = printed();
    if (over || !found) throw new Error(`The program ended:\n${output}`);
    return found;
  };
  return {
    child,
    output: () => output,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    address,
    ready: async () => ({ page: await address('Page'), aws: await address('AWS') }),
  };
}
