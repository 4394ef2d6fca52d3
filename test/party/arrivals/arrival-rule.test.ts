import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasArrived, leader } from '../../../party/arrivals/arrival-rule.ts';

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

const faces: Array<[string, number[], number | undefined]> = [
  ['nobody', [], undefined],
  ['one below the threshold', [79.9], undefined],
  ['one at the threshold', [80], 80],
  ['one who leads by the margin', [89, 92], 92],
  ['one who leads by less', [92, 89.1], undefined],
  ['two who are as similar', [92, 92], undefined],
  ['one who leads by less than the margin, but over one below the threshold', [81, 79], 81],
  ['one who would be certain, and another', [99.9, 99], undefined],
  ['three, in any order', [85, 95, 90], 95],
];
for (const [what, similarities, expected] of faces) {
  test(`a face like ${what} is taken for ${expected === undefined ? 'nobody' : 'the most similar'}`, () => {
    const candidates = similarities.map((similarity) => ({ similarity }));
    assert.equal(leader(candidates, { threshold: 80, margin: 3 })?.similarity, expected);
  });
}
