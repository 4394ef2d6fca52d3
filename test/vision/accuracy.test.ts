import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';
import { KnownFaces } from '../support/known-faces.ts';
import { type LabelledPhoto, lfwPeople } from '../support/lfw.ts';
import { withoutFaces } from '../support/pictures.ts';

describe('the engine on ten people with ten photos each (LFW)', { skip: withoutFaces }, () => {
  let recognizer: Recognizer;
  let people: Map<string, LabelledPhoto[]>;

  before(async () => {
    recognizer = await startRecognizer();
    people = await lfwPeople(recognizer);
  });

  after(() => recognizer?.close());

  test('a face is found in every photo', () => {
    for (const [person, photos] of people) assert.equal(photos.filter(({ face }) => face).length, 10, person);
  });

  test('with one photo each of seven people, nobody is taken for another and at least 85 % are named by one look', () => {
    const guests = [...people.keys()].slice(0, 7);
    const known = new KnownFaces();
    for (const guest of guests) known.add(guest, people.get(guest)![0]!.face!.descriptor);
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
    assert.ok(named / asked >= 0.85, `${named} of ${asked}`);
  });
});
