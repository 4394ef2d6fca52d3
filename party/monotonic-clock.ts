import { type Clock, second } from './clock.ts';

/** By how much of the time that passes the clock comes nearer to one that was set back. */
const slewing = 0.05;

/** A clock that is set back by less is only put right a little, as time services do. */
const noticed = second;

/**
 * The clock of the day, but for this: it never goes back. What happens later has a later time, whatever somebody sets
 * the machine's clock to, so nobody is taken for a guest from before the party, and no lease lasts for hours.
 *
 * When the machine's clock is set forward, or the machine slept, it follows at once. When that is set back, it goes on
 * as if it had not been, by the steady clock that nobody sets; and it slews, as ntpd does for small errors: from then on
 * it is slower by a twentieth, until the two agree: no window, lease or party is longer by more.
 */
export class MonotonicClock {
  readonly #wall: Clock;
  readonly #steady: Clock;
  /** The time given here less the steady clock's. */
  #anchor = Number.NEGATIVE_INFINITY;
  /** The machine's time less the steady clock's, as of the last look. */
  #offset = Number.NaN;
  #lookedAt = 0;
  #last = Number.NEGATIVE_INFINITY;
  /** Told each time that the machine's clock is found to have been set back, by how many milliseconds. */
  onSetBack: (by: number) => void = () => {};

  /**
   * @param wall the machine's clock of the day, milliseconds since 1970
   * @param steady its clock that only ever goes on, milliseconds
   */
  constructor(wall: Clock = () => Date.now(), steady: Clock = () => performance.now()) {
    this.#wall = wall;
    this.#steady = steady;
  }

  /** Milliseconds since 1970. */
  readonly now: Clock = () => {
    const steady = this.#look();
    this.#last = Math.max(this.#last, Math.round(steady + this.#anchor));
    return this.#last;
  };

  /** How far it is ahead of the machine's clock, which was set back: milliseconds, 0 when the two agree. */
  get ahead(): number {
    this.#look();
    return Math.round(this.#anchor - this.#offset);
  }

  /** This time was here before, as something that was kept says: it goes on from there if it is not so late yet. */
  startFrom(time: number): void {
    const steady = this.#look();
    this.#anchor = Math.max(this.#anchor, time - steady);
  }

  #look(): number {
    const steady = this.#steady();
    const offset = this.#wall() - steady;
    const back = this.#offset - offset;
    const passed = steady - this.#lookedAt;
    const slewed = this.#anchor - slewing * passed;
    this.#anchor = Math.max(offset, slewed);
    this.#offset = offset;
    this.#lookedAt = steady;
    if (back > noticed) this.onSetBack(Math.round(back));
    return steady;
  }
}

/** The clock of this process: what must agree in time goes by the same one. */
export const machineClock = new MonotonicClock();
