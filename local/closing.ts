/** Something that runs until it is closed. */
export interface Closable {
  close(): Promise<void>;
}

/** So long each thing is waited for, in milliseconds: longer than any takes that ends at all. */
const stepLimit = 10_000;

/** Something that was to be ended had not ended in time. */
export class NotClosedError extends Error {
  override readonly name = 'NotClosedError';
}

/** What was started, to be ended in the opposite order. */
export class Closing {
  readonly #steps: Array<() => Promise<unknown>> = [];
  readonly #limit: number;
  #closed = false;

  /** @param limit milliseconds for which each step is waited for */
  constructor(limit = stepLimit) {
    this.#limit = limit;
  }

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

  /**
   * Ends everything, newest first. A step that fails or hangs does not keep the others from ending.
   *
   * @throws AggregateError of what failed, with a NotClosedError for each step that was not waited for any longer
   */
  async close(): Promise<void> {
    this.#closed = true;
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await within(this.#limit, step()).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be ended.');
  }
}

async function within(limit: number, ending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotClosedError(`Not ended after ${limit} ms.`)), limit);
  });
  await Promise.race([ending, timeUp]).finally(() => clearTimeout(timer));
}
