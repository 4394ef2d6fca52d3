/**
 * Hands values from one that makes them to one that uses them, the newest only: a slow user never works
 * through a backlog. For one reader.
 */
export class Latest<T> implements AsyncIterable<T> {
  #value: T | undefined;
  #ended = false;
  #error: unknown;
  #wake: () => void = () => {};

  /** Offers a value in place of one that nobody has taken. */
  offer(value: T): void {
    this.#value = value;
    this.#wake();
  }

  /** No more values: the reader gets the last one, if it has not, and then the end or the error. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  /** As {@link end}, but what was not taken is dropped. */
  cancel(): void {
    this.#value = undefined;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      if (this.#value !== undefined) {
        const value = this.#value;
        this.#value = undefined;
        yield value;
      } else if (this.#ended) {
        if (this.#error !== undefined) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
