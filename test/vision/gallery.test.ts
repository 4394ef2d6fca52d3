import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Gallery, similarityOf } from '../../vision/gallery.ts';

const descriptor = (...start: number[]) => Float32Array.from({ length: 128 }, (_, i) => start[i] ?? 0);

test('similarity is 100 for the same, 99 at 0.44, 80 at 0.52 and 0 for strangers', () => {
  const points = { 0: 100, 0.44: 99, 0.52: 80, 0.9: 0, 2: 0 };
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

test('a search gives the faces above the threshold, most similar first', () => {
  const gallery = new Gallery();
  gallery.add('near', descriptor(0.45));
  gallery.add('nearest', descriptor(0, 0.2));
  gallery.add('stranger', descriptor(0.53));
  assert.deepEqual(
    gallery.search(descriptor(), 80).map(({ id }) => id),
    ['nearest', 'near'],
  );
});

test('a search gives no more faces than asked for', () => {
  const gallery = new Gallery();
  for (const id of ['a', 'b', 'c']) gallery.add(id, descriptor());
  assert.equal(gallery.search(descriptor(), 80, 2).length, 2);
  assert.equal(gallery.size, 3);
});

test('a face that was deleted is not found', () => {
  const gallery = new Gallery();
  gallery.add('guest', descriptor());
  assert.equal(gallery.delete('guest'), true);
  assert.equal(gallery.delete('guest'), false);
  assert.deepEqual(gallery.search(descriptor(), 0), []);
});
