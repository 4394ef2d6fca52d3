import { type Clock, second } from '../clock.ts';
import type { Claims } from '../outbox/claim.ts';
import type { Key } from '../stores/table.ts';

/**
 * As long as the longest of the Lambdas that work under it can live (55 s): a lease that has ended means that its
 * holder is gone. And no longer, so that a start whose Lambda died finds it ended when its update comes again.
 */
const lease = 55 * second;

const key: Key = { pk: 'PARTY', sk: 'recognition' };

/**
 * Works under the recognition's exclusive lock. Starting the recognition for a party, and stopping one that no party
 * needs, each take it: in between, the recognition is on and no party is, and only under the lock can a start be told
 * from what a start left behind.
 *
 * @returns what the work gave, or undefined when another holds the lock
 */
export async function withRecognitionLock<Result>(
  { claims, now }: { readonly claims: Claims; readonly now: Clock },
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const claimed = await claims.claim(key, lease);
  if (claimed.outcome !== 'claimed') return undefined;
  try {
    return { result: await work() };
  } finally {
    // If this fails, the lease ends by itself; what the work came to is worth more than this.
    await claims.giveBack(key, now() - 1).catch(() => {});
  }
}
