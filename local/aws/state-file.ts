import { rm } from 'node:fs/promises';
import { readJsonFile, writeFileAtomic } from '../disk/atomic-file.ts';

/**
 * A service's state as one JSON file. Saves follow each other, so that an older state never replaces a newer
 * one; each writes what the state is when its turn comes.
 */
export class StateFile<T> {
  readonly path: string;
  readonly #state: () => T;
  readonly #mode: number | undefined;
  #last: Promise<void> = Promise.resolve();
  #removed = false;

  /** @param mode permission bits of the file */
  constructor(path: string, state: () => T, { mode }: { readonly mode?: number } = {}) {
    this.path = path;
    this.#state = state;
    this.#mode = mode;
  }

  /** What was saved, if anything was. @throws when the file is damaged */
  read(): T | undefined {
    return readJsonFile<T>(this.path);
  }

  /** Resolves once the state, as it is now or newer, is kept. */
  save(): Promise<void> {
    const saved = this.#last.then(() => this.#write());
    this.#last = saved.catch(() => {});
    return saved;
  }

  /** Removes the file, once and for all: what is saved later is not kept. */
  async remove(): Promise<void> {
    this.#removed = true;
    await this.#last;
    await rm(this.path, { force: true });
  }

  async #write(): Promise<void> {
    if (this.#removed) return;
    await writeFileAtomic(this.path, JSON.stringify(this.#state()), { mode: this.#mode });
  }
}
