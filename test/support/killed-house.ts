import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { putCarols } from './carols.ts';
import { emptyFolder } from './folder.ts';
import { dropLock } from './folder-lock.ts';
import type { Moment, Order, Word } from './killable-house.ts';
import { nodeArguments } from './node-arguments.ts';

const { execArgv, file: program } = nodeArguments(
  fileURLToPath(new URL('killable-house.ts', import.meta.url)),
);

/** A house that is killed again and again, and comes back at the same addresses. */
export class KilledHouse {
  readonly #folder: string;
  #life: Life;
  /** The next one, once this one is to die: it loads its modules meanwhile. */
  #next: Life | undefined;
  /** All that it has printed, in all its lives. */
  output = '';
  pageUrl = '';
  awsUrl = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.#life = this.#begin();
  }

  /** Starts it on a folder of its own; it ends with the test. */
  static async start(t: TestContext): Promise<KilledHouse> {
    const folder = await emptyFolder();
    await putCarols(folder);
    const house = new KilledHouse(folder);
    t.after(async () => {
      await Promise.all([house.#life.kill(), house.#next?.kill()]);
      await dropLock(folder);
    });
    await house.#live();
    return house;
  }

  /** Starts it once more on the same folder. */
  async restart(): Promise<void> {
    this.#life = this.#next ?? this.#begin();
    this.#next = undefined;
    await this.#live();
  }

  /** Names the moment at which it dies. @returns a promise that it has */
  async diesAt(moment: Moment): Promise<{ dead: Promise<unknown> }> {
    this.#life.order({ moment });
    await this.#life.heard('listening');
    this.#next ??= this.#begin();
    return { dead: this.#life.ended };
  }

  /** Now. */
  async kill(): Promise<void> {
    await this.#life.kill();
  }

  /** Resolves when all carols are songs. */
  async carols(): Promise<void> {
    await this.#life.heard('carols');
  }

  #begin(): Life {
    return new Life((text) => {
      this.output += text;
    });
  }

  async #live(): Promise<void> {
    const port = (url: string) => Number(url && new URL(url).port);
    this.#life.order({ folder: this.#folder, port: port(this.pageUrl), awsPort: port(this.awsUrl) });
    Object.assign(this, await this.#life.heard('pageUrl'));
  }
}

/** One process of the house. */
class Life {
  readonly #child: ChildProcess;
  readonly #words: Word[] = [];
  readonly ended: Promise<unknown>;

  constructor(print: (text: string) => void) {
    const child = fork(program, {
      execArgv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', print);
    child.on('message', (word: Word) => {
      this.#words.push(word);
      child.emit('word');
    });
    this.#child = child;
    this.ended = once(child, 'exit');
  }

  order(order: Order): void {
    this.#child.send(order);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Waits for a word that says such a thing. */
  async heard(what: string): Promise<Word> {
    for (;;) {
      const word = this.#words.find((one) => what in one);
      if (word) return word;
      const child = this.#child;
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
