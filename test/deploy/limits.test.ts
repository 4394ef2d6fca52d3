import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canReserve } from '../../deploy/account/limits.ts';

const cases: Array<[what: string, unreserved: number, hasReserved: boolean, can: boolean]> = [
  ['a new account, which has ten', 10, false, false],
  ['a hundred and sixteen', 116, false, false],
  ['a hundred and seventeen', 117, false, true],
  ['a thousand', 1000, false, true],
  ['a hundred left beside what the house has', 100, true, true],
  ['fewer left beside what the house has', 99, true, false],
];
for (const [what, unreserved, hasReserved, can] of cases) {
  test(`of ${what} the house ${can ? 'has' : 'has none of'} its own`, () => {
    const limits = { concurrency: 1000, unreserved, shards: 200, openShards: 1 };
    assert.equal(canReserve(limits, hasReserved), can);
  });
}
