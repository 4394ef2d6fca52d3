import type { Clock } from './clock.ts';

/**
 * Answers that are as good as new for a while, so that what is asked many times a second is looked up once. Whatever
 * must not be decided by an old answer is looked up all the same.
 */
export class Recent<Answer> {
  readonly #now: Clock;
  readonly #answers = new Map<
    string,
    { readonly answer: Answer; readonly from: number; readonly span: number }
  >();
  readonly #most: number;

  /** @param most so many answers are kept; beyond, the oldest go */
  constructor(now: Clock, most = 10_000) {
    this.#now = now;
    this.#most = most;
  }

  /** @returns the answer, in an object of its own for it may be undefined; undefined when there is none that is recent */
  get(question: string): { readonly answer: Answer } | undefined {
    const kept = this.#answers.get(question);
    if (!kept) return undefined;
    const age = this.#now() - kept.from;
    // One from the future was kept by a clock that has been set back: nobody knows how old it is.
    if (age >= 0 && age < kept.span) return kept;
    this.#answers.delete(question);
    return undefined;
  }

  /** @param span how long it is recent, milliseconds */
  keep(question: string, answer: Answer, span: number): void {
    this.#answers.delete(question);
    this.#answers.set(question, { answer, from: this.#now(), span });
    if (this.#answers.size > this.#most) this.#answers.delete(this.#answers.keys().next().value!);
  }
}
