import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import { lostFaces, rebuildFaces } from '../../../party/guests/rebuild-faces.ts';
import { openBotHouse } from '../../support/bot-house.ts';
import { type Face, portrait } from '../../support/portraits.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';

test('faces that are gone are found again in the photos, in as many tries as it takes, and those without one are named', async (t) => {
  const recognizer = await sharedRecognizer();
  const { services } = await openBotHouse(t, { recognizer });
  const { collection, config, guests, people, storage } = services;
  for (const [name, face] of Object.entries({ Anna: 'anna', Berta: 'berta', Carla: 'carla' } satisfies Record<
    string,
    Face
  >)) {
    const photo = { photoId: `AQAD${face}`, bytes: await portrait(face), contentType: 'image/jpeg' };
    assert.equal((await enrolPhoto(services, photo, { name })).outcome, 'enrolled');
  }
  assert.deepEqual(await rebuildFaces(services), { found: 0, lost: [] });

  await new RekognitionClient().send(new DeleteCollectionCommand({ CollectionId: config.COLLECTION_ID }));
  const [carla] = await guests.named('Carla');
  await storage.delete((await guests.photos(carla!.id))[0]!.key);
  const brokenOff = new Error('Nobody waits any more.');
  await assert.rejects(
    rebuildFaces(services, () => {
      throw brokenOff;
    }),
    brokenOff,
  );
  assert.equal((await lostFaces(services)).length, 2);

  const progress: string[] = [];
  const { found, lost } = await rebuildFaces(services, (done, all) => progress.push(`${done} of ${all}`));
  assert.equal(found, 1);
  assert.deepEqual(
    lost.map(({ guest }) => guest.name),
    ['Carla'],
  );
  assert.deepEqual(progress, ['1 of 2', '2 of 2']);

  const owners = await people.all();
  const known = await collection.faces();
  assert.equal(known.length, 2);
  for (const { faceId, photoId } of known) {
    const { name } = (await guests.get(owners.get(faceId)!.id))!;
    assert.equal(photoId, `AQAD${name.toLowerCase()}`);
  }
});
