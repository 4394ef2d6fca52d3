import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Description } from '../../vision/face.ts';
import {
  matchDistance,
  matchDistanceOf,
  similarityOf,
  similarityTo,
  sureDistance,
} from '../../vision/similarity.ts';
import { descriptorOf } from '../support/faces.ts';

const one = { all: 1, pooled: 1 };

test('similarity is 100 for the same, 99 at 0.28, 80 at 0.44 and 0 for strangers', () => {
  const points = { 0: 100, 0.28: 99, 0.44: 80, 1.2: 0, 2: 0 };
  for (const [distance, similarity] of Object.entries(points)) {
    assert.ok(Math.abs(similarityOf(Number(distance)) - similarity) < 1e-9, distance);
  }
});

test('few looks at somebody, or all within half a second, have to be nearer than many, and looks at pooled photos too', () => {
  const few = matchDistanceOf({ looks: 1, span: 0, width: 80 });
  const many = matchDistanceOf({ looks: 3, span: 600, width: 80 });
  assert.ok(sureDistance < few && few < many && many < matchDistance, `${few} and ${many}`);
  assert.equal(matchDistanceOf(undefined), matchDistance);
  assert.equal(matchDistanceOf({ looks: 5, span: 400, width: 80 }), few);
  assert.equal(matchDistanceOf({ looks: 2, span: 3000, width: 80 }), few);
  assert.ok(
    matchDistanceOf({ looks: 3, span: 600, width: 80 }, { all: 2, pooled: 2 }) < many,
    'photos pooled are nearer to everybody',
  );
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

test('from afar the lines are nearer, for few looks and many, one photo and several', () => {
  for (const seen of [
    { looks: 2, span: 200, width: 30 },
    { looks: 6, span: 2000, width: 30 },
  ]) {
    for (const photos of [one, { all: 3, pooled: 3 }]) {
      const [near, narrow, afar] = (['near', 'narrow', 'fromAfar'] as const).map((as) =>
        matchDistanceOf(seen, photos, as),
      );
      assert.ok(afar! < narrow! && narrow! < near!, `${afar}, ${narrow} and ${near}`);
      assert.ok(sureDistance < afar!);
    }
  }
});

test('each photo more of a guest is one more that a stranger may be like: looks have to be nearer, up to three', () => {
  const seen = { looks: 6, span: 2000, width: 80 };
  for (const as of ['near', 'atDoor', 'narrow', 'fromAfar'] as const) {
    const [first, second, third, fourth] = [1, 2, 3, 4].map((all) =>
      matchDistanceOf(seen, { all, pooled: 1 }, as),
    );
    assert.ok(third! < second! && second! < first!, as);
    assert.equal(fourth, third);
  }
  assert.equal(matchDistanceOf(undefined, { all: 3, pooled: 1 }), matchDistance, 'a chosen photo need not');
});

const photo = (off: number, fromAfar: number) => ({
  descriptor: descriptorOf(1, { off }),
  fromAfar: descriptorOf(1, { off: fromAfar }),
});
const similarityAt = (width: number, known: Description, looks = 3) =>
  similarityTo(known, one, descriptorOf(1), { looks, span: 600, width });

test('who was seen at a door is compared with what a photo looks like there, too, and the nearer counts', () => {
  const descriptor = descriptorOf(1, { off: 0.45 });
  const atDoor = (off: number) => ({ descriptor, atDoor: descriptorOf(1, { off }) });
  assert.ok(similarityAt(64, { descriptor }) < 80);
  assert.ok(similarityAt(64, atDoor(0.4)) >= 80);
  assert.equal(similarityAt(64, atDoor(0.1)), 83.9, 'and never says much: others look alike to a camera');
  assert.ok(similarityAt(64, atDoor(0.44)) < 80);
  assert.ok(similarityAt(32, atDoor(0.1)) < 80, 'from afar it is not asked');
  assert.ok(similarityAt(64, { ...photo(0.3, 0), atDoor: descriptorOf(1, { off: 0.7 }) }) > 95);
});

test('who was seen from afar is compared with what a photo looks like from afar, too, and the nearer counts', () => {
  const known = photo(0.45, 0.1);
  assert.equal(similarityAt(32, known), 83.9, 'and never says much: others look alike from afar');
  assert.ok(similarityAt(64, known) < 80);
  assert.ok(similarityAt(32, photo(0.3, 0.7)) > 95, 'the photo itself is near');
});

test('from afar, a photo that is unlike counts against one that is like it from afar', () => {
  assert.ok(similarityAt(32, photo(0.42, 0.36)) >= 80);
  assert.ok(similarityAt(32, photo(0.6, 0.36)) < 80);
});

test('few looks from afar have to be nearer than many, and a photo that says nothing of afar nearer than one from near', () => {
  const known = photo(0.45, 0.353); // 0.377 together
  assert.ok(similarityAt(32, known) >= 80 && similarityAt(32, known, 2) < 80);
  const { descriptor } = photo(0.43, 0);
  assert.ok(similarityAt(64, { descriptor }) >= 80 && similarityAt(32, { descriptor }) < 80);
});

test('a photo that was chosen is compared as it is', () => {
  const similarity = similarityTo(photo(0.2, 0.7), one, descriptorOf(1), undefined);
  assert.ok(Math.abs(similarity - similarityOf(0.2)) < 1e-4);
});
