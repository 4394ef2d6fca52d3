import type { TestContext } from 'node:test';

/**
 * Lets time pass for all of this process that reads the clock by `Date.now`; timers keep to real time. To be called
 * before whatever keeps a clock is built. The clock is as it was when the test ends.
 */
export function movableTime(t: TestContext): { pass(milliseconds: number): void } {
  const real = Date.now;
  let ahead = 0;
  Date.now = () => real() + ahead;
  t.after(() => {
    Date.now = real;
  });
  return {
    pass(milliseconds) {
      ahead += milliseconds;
    },
  };
}
