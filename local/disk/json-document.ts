import { chmodSync, existsSync } from 'node:fs';
import { readJsonFile, writeFileAtomic } from './atomic-file.ts';

/** One JSON value in a file: read once, then changed in memory and written whole, one writing after the other. */
export class JsonDocument<T> {
  readonly #path: string;
  readonly #mode: number | undefined;
  #value: T;
  #writing: Promise<void> = Promise.resolve();

  /**
   * @param initial the value as long as there is no file
   * @param mode the file's permission bits
   */
  constructor(path: string, initial: T, { mode }: { readonly mode?: number } = {}) {
    this.#path = path;
    this.#mode = mode;
    this.#value = readJsonFile<T>(path) ?? initial;
    if (mode !== undefined && existsSync(path)) chmodSync(path, mode);
  }

  get value(): T {
    return this.#value;
  }

  /** Sets the value; it is safe on disk when this resolves. */
  async set(value: T): Promise<void> {
    this.#value = value;
    const text = JSON.stringify(value);
    const options = this.#mode === undefined ? {} : { mode: this.#mode };
    const write = (): Promise<void> => writeFileAtomic(this.#path, text, options);
    this.#writing = this.#writing.then(write, write);
    await this.#writing;
  }
}
