/**
 * The values that are told, until the signal. One who is slow gets the newest, never a backlog.
 *
 * @param watch begins to tell, and gives back how to stop it
 */
export async function* newest<T>(
  watch: (tell: (value: T) => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  let last: { readonly value: T } | undefined;
  let wake = () => {};
  const stop = watch((value) => {
    last = { value };
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      const next = last;
      last = undefined;
      if (next) yield next.value;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stop();
    signal.removeEventListener('abort', end);
  }
}
