import { join } from 'node:path';
import type { OpenOptions } from '../disk/damage.ts';
import { JsonLines } from '../disk/json-lines.ts';

const maxBytes = 16 * 1024 * 1024;

/** What Lambda gave up on, one JSON line each, in the shape it has when Lambda sends it to a failure queue. */
export class DeadLetters {
  readonly #file: JsonLines<unknown>;

  /** Appends to `<folder>/lambda/dead-letters/<name>.jsonl`. */
  constructor(folder: string, name: string, { onDamage }: OpenOptions = {}) {
    const file = join(folder, 'lambda', 'dead-letters', `${name}.jsonl`);
    this.#file = new JsonLines(file, { maxBytes, onDamage });
  }

  /** Where they are. */
  get path(): string {
    return this.#file.path;
  }

  add(letter: object): void {
    this.#file.append(letter);
  }

  close(): void {
    this.#file.close();
  }
}
