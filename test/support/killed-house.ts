import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Moment, Word } from './killable-house.ts';

const program = fileURLToPath(new URL('killable-house.ts', import.meta.url));

/** A house that is killed again and again, and comes back at the same addresses. */
export class KilledHouse {
  readonly #folder: string;
  #child: ChildProcess | undefined;
  #words: Word[] = [];
  /** All that it has printed, in all its lives. */
  output = '';
  pageUrl = '';
  awsUrl = '';

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts it; it ends with the test. */
  static async start(t: TestContext, folder: string): Promise<KilledHouse> {
    const house = new KilledHouse(folder);
    t.after(() => house.kill());
    await house.restart();
    return house;
  }

  /** Starts it once more on the same folder. */
  async restart(): Promise<void> {
    const port = (url: string) => (url ? new URL(url).port : '0');
    const child = fork(program, [this.#folder, port(this.pageUrl), port(this.awsUrl)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        this.output += text;
      });
    }
    this.#child = child;
    this.#words = [];
    child.on('message', (word: Word) => {
      this.#words.push(word);
      child.emit('word');
    });
    Object.assign(this, await this.#heard('pageUrl'));
  }

  /** Names the moment at which it dies. @returns a promise that it has */
  async diesAt(moment: Moment): Promise<{ dead: Promise<unknown> }> {
    const dead = once(this.#child!, 'exit');
    this.#child!.send(moment);
    await this.#heard('listening');
    return { dead };
  }

  /** Now. */
  async kill(): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const dead = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await dead;
  }

  /** Resolves when all carols are songs. */
  async carols(): Promise<void> {
    await this.#heard('carols');
  }

  async #heard(what: string): Promise<Word> {
    for (;;) {
      const word = this.#words.find((one) => what in one);
      if (word) return word;
      const child = this.#child!;
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`The house ended before it said ${what}.`);
      }
      const either = new AbortController();
      const { signal } = either;
      await Promise.race([once(child, 'word', { signal }), once(child, 'exit', { signal })]);
      either.abort();
    }
  }
}
