import { setTimeout as delay } from 'node:timers/promises';

/** Waits so many milliseconds; false if it was called off before. */
export async function wait(ms: number, signal: AbortSignal): Promise<boolean> {
  return await delay(Math.max(0, ms), true, { signal }).catch(() => false);
}

/** Waits until the work is done, whatever its outcome, but no longer than this. */
export async function finishWithin(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([work.catch(() => undefined), wait(limitMs, limit.signal)]);
  limit.abort();
}
