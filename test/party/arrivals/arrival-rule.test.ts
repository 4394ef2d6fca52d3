import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasArrived, leader } from '../../../party/arrivals/arrival-rule.ts';

const careful = { more: 4, sightings: 3, span: 1000 };
const rules = { window: 3000, certain: 99, careful };
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

const mistakable: Array<[string, number[], number, boolean]> = [
  ['once, for certain', [1000], 99.9, false],
  ['in two frames', [1000, 2000], 99, false],
  ['in three frames of one moment', [1000, 1200, 1400], 90, false],
  ['in three frames over a second', [1000, 1500, 2000], 90, true],
  ['in three frames, one of them redelivered', [1000, 1000, 2000], 90, false],
  ['in three frames, out of order', [2000, 1000, 1500], 90, true],
  ['in three frames exactly a window long', [1000, 2500, 4000], 90, true],
  ['in three frames over more than a window', [1000, 2500, 4001], 90, false],
  ['in many frames, of which the first is long ago', [0, 5000, 5600, 6000], 90, true],
  ['now and then, never three times within the window', [0, 2000, 5000, 7000, 10_000], 98, false],
];
for (const [what, times, similarity, expected] of mistakable) {
  test(`somebody easily mistaken, seen ${what}: ${expected ? 'arrived' : 'not yet'}`, () => {
    assert.equal(hasArrived({ times, similarity, isEasilyMistaken: true }, rules), expected);
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
    assert.equal(leader(candidates, { threshold: 80, margin: 3, careful })?.similarity, expected);
  });
}

/** Similarities; those of people who are easily mistaken are negative. */
const withMistakable: Array<[string, number[], number | undefined]> = [
  ['a child, as near as others have to be', [-83.9], undefined],
  ['a child, nearer than others have to be', [-84], 84],
  ['a child who leads by what is enough for others', [-90, 87], undefined],
  ['a child who leads by more', [-90, 83], 90],
  ['two guests who look alike', [-95, -89], undefined],
  ['two guests who look alike, one of them clearly', [-95, -88], 95],
  ['somebody, and a child who is less so', [92, -89], 92],
  ['a child who is not near enough, and somebody who is less alike', [-83, 80], undefined],
];
for (const [what, signed, expected] of withMistakable) {
  test(`a face like ${what} is taken for ${expected === undefined ? 'nobody' : 'the most similar'}`, () => {
    const candidates = signed.map((value) => ({ similarity: Math.abs(value), isEasilyMistaken: value < 0 }));
    assert.equal(leader(candidates, { threshold: 80, margin: 3, careful })?.similarity, expected);
  });
}
