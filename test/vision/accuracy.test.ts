import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Face } from '../../vision/face.ts';
import { Gallery } from '../../vision/gallery.ts';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';
import { FACES, readPicture, withoutFaces } from '../support/pictures.ts';

/** The person of an LFW photo is the face nearest to its middle. */
function middlemost(faces: readonly Face[], width: number, height: number): Face | undefined {
  const away = ({ box }: Face) =>
    Math.hypot(box.left + box.width / 2 - width / 2, box.top + box.height / 2 - height / 2);
  return faces.toSorted((a, b) => away(a) - away(b))[0];
}

describe('the engine on ten people with ten photos each (LFW)', { skip: withoutFaces }, () => {
  let recognizer: Recognizer;
  const people = new Map<string, Face[]>();

  before(async () => {
    recognizer = await startRecognizer();
    const folder = path.join(FACES, 'lfw10');
    for (const person of await readdir(folder)) {
      const faces: Face[] = [];
      for (const file of (await readdir(path.join(folder, person))).sort()) {
        const picture = await readPicture(path.join(folder, person, file));
        const face = middlemost(await recognizer.find(picture, 'enrolment'), picture.width, picture.height);
        if (face) faces.push(face);
      }
      people.set(person, faces);
    }
  });

  after(() => recognizer?.close());

  test('a face is found in every photo', () => {
    for (const [person, faces] of people) assert.equal(faces.length, 10, person);
  });

  test('with one photo each of seven people, nobody is taken for another and at least 93 % are named', () => {
    const guests = [...people.keys()].slice(0, 7);
    const gallery = new Gallery();
    for (const guest of guests) gallery.add(guest, people.get(guest)![0]!.descriptor);
    let [asked, named] = [0, 0];
    for (const [person, faces] of people) {
      const searched = guests.includes(person) ? faces.slice(1) : faces;
      for (const face of searched) {
        const [best] = gallery.search(face.descriptor, 80, 1);
        if (best) assert.equal(best.id, person);
        if (!guests.includes(person)) continue;
        asked += 1;
        if (best) named += 1;
      }
    }
    assert.ok(named / asked >= 0.93, `${named} of ${asked}`);
  });
});
