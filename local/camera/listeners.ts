/** Those who want to be told of something, each time it happens. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** @returns how to stop being told */
  add(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
