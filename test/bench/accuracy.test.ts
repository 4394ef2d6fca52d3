import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rate, rateText } from '../../bench/accuracy/interval.ts';
import type { LabelledFace } from '../../bench/accuracy/labelled-faces.ts';
import { pairRates } from '../../bench/accuracy/pairs.ts';
import { randomNumbers } from '../../bench/accuracy/random.ts';
import { type DoorFace, type Known, replay } from '../../bench/accuracy/replay.ts';
import { descriptorOf, faceLike } from '../support/faces.ts';

describe('how well it recognises, as the bench counts it', () => {
  test('a rate of none has an upper end, and an interval holds the share', () => {
    assert.equal(rate(0, 100).low, 0);
    assert.ok(Math.abs(rate(0, 100).high - 0.037) < 0.001);
    const half = rate(50, 100);
    assert.ok(Math.abs(half.low - 0.404) < 0.001 && Math.abs(half.high - 0.596) < 0.001);
    assert.equal(rateText(rate(0, 0)), 'none');
  });

  const photo = (person: number, off = 0, file = `${person} ${off}`): LabelledFace => ({
    person: String(person),
    photo: file,
    face: faceLike({ person, off }),
  });

  test('pairs of one person and of two are counted apart, and what lies too far or too near in each', () => {
    const near = { ...photo(3), face: photo(1, 0.1).face };
    const { missed, wrong, nearest } = pairRates({ kind: 'people' }, [
      photo(1),
      photo(1, 0.6),
      photo(2),
      near,
    ]);
    assert.deepEqual([missed.count, missed.of, wrong.count, wrong.of], [1, 1, 1, 5]);
    assert.ok(Math.abs(nearest - 0.1) < 1e-6);
  });

  test('of group photos only faces of one photo are compared', () => {
    const faces = [photo(1, 0, 'a'), photo(2, 0, 'a'), photo(1, 0, 'b')];
    assert.deepEqual(pairRates({ kind: 'groups' }, faces).wrong.of, 1);
  });

  const people = Array.from({ length: 12 }, (_, person) => person);
  const known = people.map(
    (person): Known => ({
      person: String(person),
      photos: [{ photo: 'known', descriptor: descriptorOf(person) }],
    }),
  );
  const atDoor = (person: number, as = person): DoorFace => ({
    person: String(person),
    photo: 'door',
    looks: [faceLike({ person: as, off: 0.41 }), faceLike({ person: as, off: -0.41 }), null],
  });
  const options = { arrivals: 300, guests: 6, photos: 1, photosOfStay: 1 };

  test('guests are named, strangers are not, and the same seed gives the same arrivals', () => {
    const faces = people.map((person) => atDoor(person));
    const played = replay(faces, known, { ...options, random: randomNumbers(1) });
    assert.equal(played.named, played.guests);
    assert.deepEqual([played.mistaken, played.accepted], [0, 0]);
    assert.ok(played.strangers > 50 && played.guests + played.strangers === 300);
    assert.ok(played.times.every((time) => time >= 200 && time <= 3000));
    assert.deepEqual(replay(faces, known, { ...options, random: randomNumbers(1) }), played);
  });

  test('a face that is missed in every other frame is named later', () => {
    const faces = people.map((person) => atDoor(person));
    const time = (missedEvery?: number) => {
      const { times } = replay(faces, known, {
        ...options,
        random: randomNumbers(1),
        ...(missedEvery && { missedEvery }),
      });
      return times.reduce((sum, one) => sum + one, 0) / times.length;
    };
    assert.ok(time(2) > 1.5 * time(), `${time(2)} ms after ${time()}`);
  });

  test('a look comes again only when all others did: it does not confirm itself', () => {
    const faces = people.map((person) => ({
      ...atDoor(person),
      looks: [faceLike({ person, off: 0.41 }), null, null, null, null, null],
    }));
    const { times } = replay(faces, known, { ...options, random: randomNumbers(1) });
    assert.ok(times.length > 50 && times.every((time) => time >= 6 * 200), String(Math.min(...times)));
  });

  test('a stay of two photos shows the second one too, and what only it shows', () => {
    const unlike = (person: number): DoorFace => ({
      ...atDoor(person),
      looks: [faceLike({ person, off: 0.5 })],
    });
    const faces = people.flatMap((person) => [atDoor(person), unlike(person)]);
    const namedOf = (photosOfStay: number) => {
      const { named, guests } = replay(faces, known, { ...options, photosOfStay, random: randomNumbers(1) });
      return named / guests;
    };
    assert.ok(namedOf(1) > 0.4 && namedOf(1) < 0.6, 'of every other photo alone nobody is known');
    assert.ok(namedOf(2) > 0.9);
  });

  test('guests are those who may come, and too few of them are refused', () => {
    const faces = people.slice(0, 7).map((person) => atDoor(person));
    const played = replay(faces, known, { ...options, random: randomNumbers(1) });
    assert.ok(played.guests > 150 && played.named === played.guests);
    const tooMany = { ...options, guests: 8, random: randomNumbers(1) };
    assert.throws(() => replay(faces, known, tooMany), RangeError);
  });

  test('whoever looks like somebody else is counted as mistaken or accepted', () => {
    const faces = people.map((person) => atDoor(person, (person + 1) % people.length));
    const played = replay(faces, known, { ...options, random: randomNumbers(1) });
    assert.equal(played.named, 0);
    assert.ok(played.mistaken > 0 && played.accepted > 0);
  });
});
