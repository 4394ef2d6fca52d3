/** A promise that the test settles, and a count of how often something came. */
export interface Gate<T> {
  readonly promise: Promise<T>;
  readonly open: (value: T) => void;
  readonly fail: (reason: Error) => void;
}

export function gate<T = void>(): Gate<T> {
  let open: (value: T) => void = () => undefined;
  let fail: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** A list that can be waited for. */
export class Collected<T> {
  readonly items: T[] = [];
  readonly #waiting = new Set<() => void>();

  add(item: T): void {
    this.items.push(item);
    for (const check of this.#waiting) check();
  }

  /** Waits until there are so many. */
  async count(wanted: number): Promise<T[]> {
    while (this.items.length < wanted) {
      const next = gate();
      this.#waiting.add(next.open);
      await next.promise;
      this.#waiting.delete(next.open);
    }
    return this.items;
  }
}
