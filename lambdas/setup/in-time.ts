/** Time is up also for work that does not look at the signal. @throws the signal's reason */
export function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const timeUp = new Promise<never>((_, reject) => {
    const late = () => reject(signal.reason);
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
  return Promise.race([work, timeUp]);
}

/**
 * Gives a step its part of the time: one service that does not answer is not to take it all.
 *
 * @param milliseconds for this step; infinite for all that is left
 * @param signal aborted when the whole time is up
 * @throws the reason of whichever time was up first
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  step: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = Number.isFinite(milliseconds)
    ? AbortSignal.any([signal, AbortSignal.timeout(milliseconds)])
    : signal;
  return inTime(step(own), own);
}
