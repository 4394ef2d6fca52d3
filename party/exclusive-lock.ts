import { type Clock, second } from './clock.ts';
import type { Claims } from './outbox/claim.ts';
import type { Key } from './stores/table.ts';

/**
 * As long as the longest of the Lambdas that work under a lock can live (55 s): a lease that has ended means that its
 * holder is gone. And no longer, so that work whose Lambda died finds it ended when its update comes again.
 */
const lease = 55 * second;

/**
 * Works under an exclusive lock: one holder at a time, wherever it runs. Who is at it longer than a lease may have lost
 * it, and frees only its own.
 *
 * @param key the lock's item in the table
 * @returns what the work gave, or undefined when another holds the lock
 */
export async function withLock<Result>(
  key: Key,
  { claims, now }: { readonly claims: Claims; readonly now: Clock },
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const claimed = await claims.claim(key, lease);
  if (claimed.outcome !== 'claimed') return undefined;
  try {
    return { result: await work() };
  } finally {
    // If this fails, the lease ends by itself; what the work came to is worth more than this.
    await claims.giveBack(key, now() - 1, claimed.item).catch(() => {});
  }
}
