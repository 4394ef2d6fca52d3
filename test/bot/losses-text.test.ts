import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossLines } from '../../bot/losses.text.ts';
import type { GuestLoss } from '../../party/losses/losses.ts';

const photo = { photoId: 'a', faceIds: ['f'], key: 'photos/a' };
const loss = (name: string, of: Partial<GuestLoss>): GuestLoss => ({
  guest: { id: name, name } as GuestLoss['guest'],
  name,
  isRecognised: false,
  photos: 1,
  recognisedBy: 0,
  findable: [],
  lost: [],
  withoutFile: [],
  ...of,
});
const findable = loss('Anna', { findable: [photo] });
const lost = loss('Berta', { lost: [photo] });
const known = loss('Carla', { isRecognised: true, photos: 2, recognisedBy: 1, lost: [photo] });

test('where a repair can find a face again, nobody is asked for a photo', () => {
  assert.deepEqual(lossLines({ guests: [findable], songs: [] }, 'REPAIR'), [
    'I can’t recognise Anna right now. I can find the face in the photos I still have: stop me, then run REPAIR.',
  ]);
  assert.deepEqual(lossLines({ guests: [findable, lost], songs: [] }), [
    'I can’t recognise Anna and Berta: send me a photo of each, with the name.',
  ]);
});

test('one guest is asked for a photo, and not for one of each', () => {
  assert.deepEqual(lossLines({ guests: [lost], songs: [] }, 'REPAIR'), [
    'I can’t recognise Berta: send me a photo, with the name.',
  ]);
});

test('whose photo is lost is said by name, with what to do', () => {
  assert.deepEqual(lossLines({ guests: [known], songs: [] }), [
    'I still recognise Carla, but 1 photo is lost or damaged: send it again, with the name.',
  ]);
  assert.deepEqual(lossLines({ guests: [known], songs: [] }, 'REPAIR'), [
    'I still recognise Carla, but 1 photo is lost or damaged: send it again, with the name, or stop me and run REPAIR.',
  ]);
});
