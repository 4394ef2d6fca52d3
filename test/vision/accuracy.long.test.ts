import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { lookAtDoor } from '../../bench/accuracy/door-faces.ts';
import { randomNumbers } from '../../bench/accuracy/random.ts';
import { type Known, replay } from '../../bench/accuracy/replay.ts';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';
import { lfwPeople } from '../support/lfw.ts';
import { withoutFaces } from '../support/pictures.ts';
import { invited } from './invited.ts';

describe('the engine on ten people of LFW who stand far from the camera', { skip: withoutFaces }, () => {
  let recognizer: Recognizer | undefined;
  after(() => recognizer?.close());

  test('of 400 arrivals from afar nobody is given another name, and more are named by what photos look like from there', async () => {
    recognizer = await startRecognizer({ threads: 1 });
    const { known, shown } = await invited(await lfwPeople(recognizer), recognizer);
    const faces = await lookAtDoor(shown, 32, recognizer);
    const played = (photos: readonly Known[]) =>
      replay(faces, photos, {
        arrivals: 400,
        guests: 5,
        photos: 1,
        photosOfStay: 2,
        missedEvery: 4,
        random: randomNumbers(1),
      });
    const { guests, named, mistaken, accepted } = played(known);
    assert.deepEqual({ mistaken, accepted }, { mistaken: 0, accepted: 0 });
    const before = played(
      known.map(({ person, photos }) => ({
        person,
        photos: photos.map(({ photo, descriptor }) => ({ photo, descriptor })),
      })),
    );
    assert.ok(named / guests >= 0.6, `${named} of ${guests}`);
    assert.ok(named > before.named, `${named} after ${before.named}`);
  });
});
