import { type Clock, second } from '../../party/clock.ts';
import { machineClock } from '../../party/monotonic-clock.ts';

/** What comes later than this was not only under way: milliseconds. */
const underWay = second;

/**
 * Puts the times of frames from a process of its own into the time of this one. Both read the machine's clock, but one
 * that began after that was set back does not know of the time before.
 */
export class ClockDifference {
  readonly #now: Clock;
  #last = 0;

  constructor(now: Clock = machineClock.now) {
    this.#now = now;
  }

  /** @param theirs the other process's time when it gave the frame, milliseconds since 1970 */
  inOurTime<Frame extends { readonly time: number }>(frame: Frame, theirs: number): Frame {
    const difference = this.#now() - theirs;
    // Twice the same, or it is that this process slept while the frame was under way.
    const differ = Math.abs(difference) > underWay && Math.abs(difference - this.#last) < underWay;
    this.#last = difference;
    return differ ? { ...frame, time: frame.time + difference } : frame;
  }
}
