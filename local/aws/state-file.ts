import type { Mirrored } from '../disk/damage.ts';
import {
  type MirroredFileOptions,
  readMirrored,
  removeMirrored,
  writeMirrored,
} from '../disk/mirrored-file.ts';

/**
 * A service's state as one JSON file with a copy. Saves follow each other, so that an older state never replaces a
 * newer one; each writes what the state is when its turn comes.
 */
export class StateFile<T> {
  readonly #place: Mirrored;
  readonly #state: () => T;
  readonly #options: MirroredFileOptions;
  #last: Promise<void> = Promise.resolve();
  #removed = false;

  constructor(place: Mirrored, state: () => T, options: MirroredFileOptions) {
    this.#place = place;
    this.#state = state;
    this.#options = options;
  }

  /** What was saved, if anything was. @throws DamagedError */
  read(): T | undefined {
    return readMirrored<T>(this.#place, this.#options);
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
    await removeMirrored(this.#place);
  }

  async #write(): Promise<void> {
    if (!this.#removed) await writeMirrored(this.#place, this.#state(), this.#options);
  }
}
