import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { nodeArguments } from './node-arguments.ts';

/** One of the project's programs, running. */
export interface NodeProgram {
  readonly child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Settles when it has ended, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it at once. */
  kill(): Promise<void>;
}

/** How a program is started. */
export interface NodeProgramOptions {
  /** All of its environment, but for what the runner says of engines. */
  readonly env: NodeJS.ProcessEnv;
  /** Where it works; the temporary folder if not given. */
  readonly cwd?: string;
  /** Node's own arguments, besides those by which it reads the program. */
  readonly nodeArgs?: readonly string[];
  /** A command and its arguments that become the program: `ip netns exec home`. */
  readonly by?: readonly string[];
}

/** Starts a program away from any `.env` of whoever runs the tests. */
export function startNodeProgram(
  file: string,
  args: readonly string[],
  { env, cwd = tmpdir(), nodeArgs = [], by = [] }: NodeProgramOptions,
): NodeProgram {
  const { execArgv, file: program } = nodeArguments(file);
  const { ENGINE_THREADS } = process.env;
  const [command, ...before] = [...by, process.execPath];
  const child = spawn(command!, [...before, ...nodeArgs, ...execArgv, program, ...args], {
    cwd,
    env: { ...(ENGINE_THREADS && { ENGINE_THREADS }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    child,
    output: () => output,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
