/** Something that runs until it is closed. */
export interface Closable {
  close(): Promise<void>;
}

/** What was started, to be ended in the opposite order. */
export class Closing {
  readonly #steps: Array<() => Promise<unknown>> = [];
  #closed = false;

  /** @param step ends something; it is called once, and at once when all else has been ended already */
  add(step: () => Promise<unknown>): void {
    if (this.#closed) step().catch(() => {});
    else this.#steps.push(step);
  }

  /** Waits for something to start, and notes that it is to be closed. */
  async open<Opened extends Closable>(opening: Promise<Opened>): Promise<Opened> {
    const opened = await opening;
    this.add(() => opened.close());
    return opened;
  }

  /** Ends everything, newest first. A step that fails does not keep the others from ending. */
  async close(): Promise<void> {
    this.#closed = true;
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be ended.');
  }
}
