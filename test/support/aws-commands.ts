import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './folder.ts';

/** What a command wrote, and the code with which it ended. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `aws` commands in processes that are forked from one that has the command loaded: to load it takes most of a
 * command's time. It ends with this process.
 */
export class AwsCommands {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #waiting = new Map<number, (code: number | Error) => void>();
  #commands = 0;

  private constructor(child: ChildProcess, folder: string) {
    this.#child = child;
    this.#folder = folder;
    createInterface(child.stdout!).on('line', (line) => {
      const { id, code } = JSON.parse(line) as { id: number; code: number };
      this.#settle(id, code);
    });
    child.once('close', () => {
      for (const id of this.#waiting.keys()) this.#settle(id, new Error('The aws commands have ended.'));
    });
    this.#keepWaiting(false);
  }

  /** @param environment what all commands have round them */
  static async start(environment: NodeJS.ProcessEnv): Promise<AwsCommands> {
    const program = fileURLToPath(new URL('aws-commands.py', import.meta.url));
    const child = spawn('python3', [program], { env: environment, stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child, 'spawn');
    return new AwsCommands(child, await emptyFolder());
  }

  /** Runs one command. @param environment in place of what all have */
  async run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> {
    const id = ++this.#commands;
    const folder = join(this.#folder, String(id));
    await mkdir(folder);
    const ended = new Promise<number | Error>((resolve) => this.#waiting.set(id, resolve));
    this.#keepWaiting(true);
    this.#child.stdin!.write(`${JSON.stringify({ id, args, env: environment, folder })}\n`);
    const code = await ended;
    if (code instanceof Error) throw code;
    const [stdout, stderr] = await Promise.all(
      ['stdout', 'stderr'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    return { code, stdout: stdout!, stderr: stderr! };
  }

  #settle(id: number, code: number | Error): void {
    this.#waiting.get(id)?.(code);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#keepWaiting(false);
  }

  /** Whether this process waits for the other: only while a command runs. */
  #keepWaiting(wait: boolean): void {
    const pipes = [this.#child.stdin, this.#child.stdout] as unknown as { ref(): void; unref(): void }[];
    for (const one of [this.#child, ...pipes]) {
      if (wait) one.ref();
      else one.unref();
    }
  }
}
