import { setTimeout as delay } from 'node:timers/promises';

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
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${what}.`);
    await delay(10);
  }
}
