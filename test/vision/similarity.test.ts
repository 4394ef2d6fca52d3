import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { similarityOf } from '../../vision/similarity.ts';

test('similarity is 100 for the same, 99 at 0.28, 80 at 0.44 and 0 for strangers', () => {
  const points = { 0: 100, 0.28: 99, 0.44: 80, 1.2: 0, 2: 0 };
  for (const [distance, similarity] of Object.entries(points)) {
    assert.ok(Math.abs(similarityOf(Number(distance)) - similarity) < 1e-9, distance);
  }
});

test('similarity never rises with distance', () => {
  const distance = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(distance, distance, (a, b) => {
      assert.ok(similarityOf(Math.min(a, b)) >= similarityOf(Math.max(a, b)));
    }),
  );
});
