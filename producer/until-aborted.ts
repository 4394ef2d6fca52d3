/**
 * Waits for something, and no longer than until the signal. Unlike a race against one promise of the signal's, it leaves
 * nothing behind: such a promise would remember whoever has waited, for as long as the signal lives.
 *
 * @returns undefined when the signal comes first
 * @throws what `work` does, unless the signal has come
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let stop!: () => void;
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
