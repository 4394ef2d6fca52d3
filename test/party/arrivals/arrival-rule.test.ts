import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasArrived } from '../../../party/arrivals/arrival-rule.ts';

const rules = { window: 3000, certain: 99 };
const table: Array<[string, number[], number, boolean]> = [
  ['never seen', [], 0, false],
  ['seen once', [1000], 98.9, false],
  ['seen once, for certain', [1000], 99, true],
  ['seen twice in one frame, as a redelivered record brings it', [1000, 1000], 90, false],
  ['seen in two frames within the window', [1000, 1200], 85, true],
  ['seen in two frames exactly a window apart', [1000, 4000], 85, true],
  ['seen in two frames further apart than the window', [1000, 4001], 85, false],
  ['seen in frames out of order', [9000, 1000, 7000], 85, true],
  ['seen now and then, never twice within the window', [0, 5000, 10_000, 15_000], 98, false],
];
for (const [what, times, similarity, expected] of table) {
  test(`${what}: ${expected ? 'arrived' : 'not yet'}`, () => {
    assert.equal(hasArrived({ times, similarity }, rules), expected);
  });
}
