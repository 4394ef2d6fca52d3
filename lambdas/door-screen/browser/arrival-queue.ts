import { greetedFor, type ScreenArrival } from '../../../party/door-screen/told.ts';

/** An arrival that waits to be shown. */
export interface WaitingArrival extends ScreenArrival {
  /** When it is too late to begin, milliseconds since 1970 by this device's clock. */
  readonly until: number;
}

/** More do not arrive while they could be told of again. */
const remembered = 200;

/**
 * Arrivals in the order in which they came. Each is shown once, and none that is too old by the time of its turn. What
 * was told is remembered by its id and not by a time: the clock of an old device may jump.
 */
export class ArrivalQueue {
  #waiting: readonly WaitingArrival[] = [];
  #told: readonly string[];
  #shown: readonly string[];

  /** @param shown what {@link shown} gave before the page was loaded anew */
  constructor(shown: readonly string[] = []) {
    this.#shown = shown;
    this.#told = shown;
  }

  /** @param now milliseconds since 1970, by this device's clock: it goes on while the device sleeps */
  add(arrivals: readonly ScreenArrival[], now: number): void {
    const unknown = arrivals.filter(({ id }) => !this.#told.includes(id));
    this.#told = [...this.#told, ...unknown.map(({ id }) => id)].slice(-remembered);
    const added = unknown.map((arrival) => ({ ...arrival, until: now + greetedFor - arrival.age }));
    this.#waiting = [...this.waiting(now), ...added];
  }

  /** Takes the next one that is not too old. */
  next(now: number): WaitingArrival | undefined {
    const [first, ...rest] = this.waiting(now);
    this.#waiting = rest;
    if (first) this.#shown = [...this.#shown, first.id].slice(-remembered);
    return first;
  }

  /** Those whose turn is to come. */
  waiting(now: number): readonly WaitingArrival[] {
    return this.#waiting.filter(({ until }) => until > now);
  }

  /** The ids of those shown, for when the page is loaded anew: who waited then is told of again. */
  get shown(): readonly string[] {
    return this.#shown;
  }

  /** The ids of all that need not be told of again. */
  get told(): readonly string[] {
    return this.#told;
  }
}
