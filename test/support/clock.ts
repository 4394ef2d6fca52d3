import type { TestContext } from 'node:test';
import type { Clock } from '../../party/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface TestClock {
  readonly now: Clock;
  /** @param milliseconds how far */
  pass(milliseconds: number): void;
}

/** @param start milliseconds since 1970 */
export function clockAt(start: number): TestClock {
  let time = start;
  return {
    now: () => time,
    pass(milliseconds) {
      time += milliseconds;
    },
  };
}

/** A clock of this process that can be set ahead. */
export interface MovableTime {
  /** @param milliseconds how far the clock goes on at once */
  pass(milliseconds: number): void;
}

/**
 * Lets time pass for all of this process that reads the clock by `Date.now`; timers keep to real time. To be called
 * before whatever keeps a clock is built. The clock is as it was when the test ends, or with the process if there is no
 * test in it.
 */
export function movableTime(t?: Pick<TestContext, 'after'>, ahead = 0): MovableTime {
  const real = Date.now;
  Date.now = () => real() + ahead;
  t?.after(() => {
    Date.now = real;
  });
  return {
    pass(milliseconds) {
      ahead += milliseconds;
    },
  };
}
