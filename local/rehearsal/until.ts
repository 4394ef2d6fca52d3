import { setTimeout as delay } from 'node:timers/promises';
import { rehearsalText as text } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';

/** So long anything is waited for, in milliseconds: far longer than it takes. */
export const patience = 60_000;
const interval = 50;

/**
 * Waits until something is so.
 *
 * @param awaited what it is, for whoever reads that it did not come
 * @throws RehearsalError when it is not so in time; the signal's reason when that is aborted
 */
export async function until(
  awaited: string,
  isSo: () => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > patience) throw new RehearsalError(text.tooLong(awaited));
    await delay(interval, undefined, { signal });
  }
}
