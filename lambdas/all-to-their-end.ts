import type { Log } from '../party/log.ts';
import { loggable } from '../party/loggable.ts';

/**
 * Takes steps one after the other, each whatever became of those before it.
 *
 * @throws the first reason, when all have been taken; later ones are in the log
 */
export async function allToTheirEnd(
  steps: ReadonlyArray<() => Promise<unknown> | undefined>,
  log: Log,
): Promise<void> {
  let first: { readonly reason: unknown } | undefined;
  for (const step of steps) {
    try {
      await step();
    } catch (reason) {
      if (first) log.error('Another step failed, too', loggable(reason));
      first ??= { reason };
    }
  }
  if (first) throw first.reason;
}
