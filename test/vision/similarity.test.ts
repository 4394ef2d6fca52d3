import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matchDistance, matchDistanceOf, similarityOf, sureDistance } from '../../vision/similarity.ts';

test('similarity is 100 for the same, 99 at 0.28, 80 at 0.44 and 0 for strangers', () => {
  const points = { 0: 100, 0.28: 99, 0.44: 80, 1.2: 0, 2: 0 };
  for (const [distance, similarity] of Object.entries(points)) {
    assert.ok(Math.abs(similarityOf(Number(distance)) - similarity) < 1e-9, distance);
  }
});

test('few looks at somebody, or all within half a second, have to be nearer than many, and looks at pooled photos too', () => {
  const few = matchDistanceOf({ looks: 1, span: 0 }, 1);
  const many = matchDistanceOf({ looks: 3, span: 600 }, 1);
  assert.ok(sureDistance < few && few < many && many < matchDistance, `${few} and ${many}`);
  assert.equal(matchDistanceOf(undefined, 1), matchDistance);
  assert.equal(matchDistanceOf({ looks: 5, span: 400 }, 1), few);
  assert.equal(matchDistanceOf({ looks: 2, span: 3000 }, 1), few);
  assert.ok(matchDistanceOf({ looks: 3, span: 600 }, 2) < many, 'photos pooled are nearer to everybody');
  for (const bar of [few, many]) {
    assert.ok(Math.abs(similarityOf(bar, bar) - 80) < 1e-9);
    assert.ok(Math.abs(similarityOf(sureDistance, bar) - 99) < 1e-9);
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
