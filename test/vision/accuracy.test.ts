import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { lookAtDoor } from '../../bench/accuracy/door-faces.ts';
import { randomNumbers } from '../../bench/accuracy/random.ts';
import { replay } from '../../bench/accuracy/replay.ts';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';
import { KnownFaces } from '../support/known-faces.ts';
import { type LabelledPhoto, lfwPeople } from '../support/lfw.ts';
import { withoutFaces } from '../support/pictures.ts';
import { invited } from './invited.ts';

describe('the engine on ten people with ten photos each (LFW)', { skip: withoutFaces }, () => {
  let recognizer: Recognizer;
  let people: Map<string, LabelledPhoto[]>;

  before(async () => {
    recognizer = await startRecognizer({ threads: 1 });
    people = await lfwPeople(recognizer);
  });

  after(() => recognizer?.close());

  test('a face is found in every photo', () => {
    for (const [person, photos] of people) assert.equal(photos.filter(({ face }) => face).length, 10, person);
  });

  test('with one photo each of seven people, nobody is taken for another and at least 80 % are named by one look', () => {
    const guests = [...people.keys()].slice(0, 7);
    const known = new KnownFaces();
    for (const guest of guests) known.add(guest, people.get(guest)![0]!.face!);
    let [asked, named] = [0, 0];
    for (const [person, photos] of people) {
      const searched = guests.includes(person) ? photos.slice(1) : photos;
      for (const { face } of searched) {
        const [best] = known.search(face!.descriptor, 80, 1);
        if (best) assert.equal(best.id, person);
        if (!guests.includes(person)) continue;
        asked += 1;
        if (best) named += 1;
      }
    }
    assert.ok(named / asked >= 0.8, `${named} of ${asked}`);
  });

  test('of 800 arrivals nobody is given another name; most guests are named in three seconds, more of those who move', async () => {
    const { known, shown } = await invited(people, recognizer);
    const faces = await lookAtDoor(shown, 64, recognizer);
    for (const [photosOfStay, least] of [
      [1, 0.5],
      [2, 0.7],
    ] as const) {
      const options = { arrivals: 400, guests: 5, photos: 1, photosOfStay, random: randomNumbers(1) };
      const { guests, named, mistaken, accepted } = replay(faces, known, options);
      assert.deepEqual({ mistaken, accepted }, { mistaken: 0, accepted: 0 });
      assert.ok(named / guests >= least, `${named} of ${guests} by ${photosOfStay} photos`);
    }
  });
});
