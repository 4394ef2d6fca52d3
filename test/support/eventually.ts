import { setTimeout as delay } from 'node:timers/promises';

/**
 * How often a condition is looked at, in milliseconds: often at first, and then less, for looking costs what is waited
 * for.
 */
const firstPause = 10;
const longestPause = 50;

/**
 * Waits until a condition holds.
 *
 * @param what the condition in words, for the error
 * @param withinMs how long it may take before the test has failed; generous, for machines differ
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (let pause = firstPause; !(await condition()); pause = Math.min(pause * 1.5, longestPause)) {
    if (Date.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${what}.`);
    await delay(pause);
  }
}
