import { randomInt } from 'node:crypto';
import type { TestContext } from 'node:test';
import fc from 'fast-check';

/** Whether this is `npm run test:long`, in which what only repeats is done many times, and what takes minutes is done. */
export const isLong = process.env.TEST_LONG === '1';

/** How often something that only repeats is done: in `npm test`, and in `npm run test:long`. */
export function rounds(usual: number, long: number): number {
  return isLong ? long : usual;
}

/**
 * The seed of a test's random cases, told with its result. The same one in each `npm test`, so that nobody's change
 * fails by chance; a new one in each long run, which is there to find more. `TEST_SEED=7 npm run test:long --
 * mutations` has the cases of a long run that failed once more. (fast-check takes it as `seed`.)
 */
export function seedOf(t: Pick<TestContext, 'diagnostic'>): number {
  const { TEST_SEED } = process.env;
  const seed = TEST_SEED ? Number(TEST_SEED) : isLong ? randomInt(2 ** 31) : 20_261_224;
  t.diagnostic(`TEST_SEED=${seed}`);
  return seed;
}

/**
 * Of many cases so many in `npm test`, the same each time, and in a long run all, in an order of its own.
 *
 * @param usual how many in `npm test`
 */
export function shareOf<Case>(
  t: Pick<TestContext, 'diagnostic'>,
  cases: readonly Case[],
  usual: number,
): Case[] {
  const count = Math.min(rounds(usual, Number.POSITIVE_INFINITY), cases.length);
  const some = fc.shuffledSubarray([...cases], { minLength: count, maxLength: count });
  t.diagnostic(`${count} of ${cases.length} cases`);
  return fc.sample(some, { seed: seedOf(t), numRuns: 1 })[0]!;
}
