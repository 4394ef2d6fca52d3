/** Hands each value to everyone who follows; who is slow misses the older ones and never holds up the rest. */
export class Broadcast<T> {
  readonly #consumers = new Set<(value: T) => void>();

  publish(value: T): void {
    for (const offer of this.#consumers) offer(value);
  }

  /** The values from now on; who is slow gets only the newest. Ends when the signal is aborted. */
  async *follow(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    let newest: { value: T } | undefined;
    let wake = () => {};
    const offer = (value: T) => {
      newest = { value };
      wake();
    };
    const end = () => wake();
    this.#consumers.add(offer);
    signal.addEventListener('abort', end);
    try {
      while (!signal.aborted) {
        if (newest) {
          const { value } = newest;
          newest = undefined;
          yield value;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#consumers.delete(offer);
      signal.removeEventListener('abort', end);
    }
  }
}
