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
