import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNumbers } from '../../../bench/accuracy/random.ts';
import { calibrate, joined, type TwiceDescribed } from '../../../vision/second-opinion/calibration.ts';
import { distanceOf, matchDistance } from '../../../vision/similarity.ts';

/** People, each with photos that are so far from the person, by each engine. */
function faces({
  people,
  photos,
  blur,
}: {
  people: number;
  photos: number;
  blur: readonly [number, number];
}): TwiceDescribed[] {
  const random = randomNumbers(7);
  const vector = (length: number, size: number) =>
    Float32Array.from({ length }, () => (random() - 0.5) * size);
  const moved = (of: Float32Array, by: number) => of.map((value) => value + (random() - 0.5) * by);
  return Array.from({ length: people }, (_, index) => ({
    first: vector(16, 0.5),
    second: vector(8, 30),
    index,
  })).flatMap(({ first, second, index }) =>
    Array.from({ length: photos }, () => ({
      person: String(index),
      first: moved(first, 0.5 * blur[0]),
      second: moved(second, 30 * blur[1]),
    })),
  );
}

test('both have the same say, however large their numbers are, and 80 lies just under the nearest two people', () => {
  const all = faces({ people: 30, photos: 3, blur: [0.7, 0.7] });
  const { join, people, pairs, told } = calibrate(all);
  assert.deepEqual([people, pairs.same, pairs.different], [30, 90, 3915]);
  const described = all.map(({ person, first, second }) => ({ person, both: joined(first, second, join) }));
  const distances = described.flatMap((one, index) =>
    described
      .slice(index + 1)
      .map((other) => ({ isSame: one.person === other.person, distance: distanceOf(one.both, other.both) })),
  );
  const nearest = Math.min(...distances.filter(({ isSame }) => !isSame).map(({ distance }) => distance));
  assert.ok(Math.abs(nearest * 0.99 - matchDistance) < 1e-4, `${nearest}`);
  const same = distances.filter(({ isSame }) => isSame);
  const known = same.filter(({ distance }) => distance <= matchDistance + 1e-6).length / same.length;
  assert.ok(Math.abs(known - told.joined.known) < 0.02, `${known} and ${told.joined.known}`);
  assert.ok(
    told.joined.known > told.first.known && told.joined.known > told.second.known,
    JSON.stringify(told),
  );
});

test('a model that says nothing is said to be no better', () => {
  const { told } = calibrate(faces({ people: 30, photos: 3, blur: [0.7, 20] }));
  assert.ok(told.joined.known < told.first.known, JSON.stringify(told));
});

test('too few people, one photo each, and a model that says the same of all are refused in words', () => {
  assert.throws(
    () => calibrate(faces({ people: 5, photos: 9, blur: [1, 1] })),
    /too little to go by.* These are 5 people/,
  );
  assert.throws(
    () => calibrate(faces({ people: 60, photos: 1, blur: [1, 1] })),
    /60 people, 0 pairs of one person/,
  );
  const blind = faces({ people: 30, photos: 3, blur: [1, 1] }).map((face) => ({
    ...face,
    second: new Float32Array(8),
  }));
  assert.throws(() => calibrate(blind), /says the same of all faces/);
});
