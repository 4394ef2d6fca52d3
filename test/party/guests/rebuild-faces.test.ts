import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import { forgetLostPhotos, giveUpLostFiles, rebuildFaces } from '../../../party/guests/rebuild-faces.ts';
import { findLosses } from '../../../party/losses/losses.ts';
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
  assert.deepEqual(await rebuildFaces(services), { found: 0, faceless: 0 });

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
  const before = await findLosses(services);
  assert.deepEqual(
    before.guests.map(({ name, isRecognised, findable, lost }) => [
      name,
      isRecognised,
      findable.length,
      lost.length,
    ]),
    [
      ['Berta', false, 1, 0],
      ['Carla', false, 0, 1],
    ],
  );

  const progress: string[] = [];
  const found = await rebuildFaces(services, (done, all) => progress.push(`${done} of ${all}`));
  assert.deepEqual(found, { found: 1, faceless: 0 });
  assert.deepEqual(progress, ['1 of 1']);
  assert.deepEqual(
    await forgetLostPhotos(services),
    [],
    'that Carla had a photo is all that is known of her',
  );
  assert.deepEqual(
    (await findLosses(services)).guests.map(({ name }) => name),
    ['Carla'],
  );

  const owners = await people.all();
  const known = await collection.faces();
  assert.equal(known.length, 2);
  for (const { faceId, photoId } of known) {
    const { name } = (await guests.get(owners.get(faceId)!.id))!;
    assert.equal(photoId, `AQAD${name.toLowerCase()}`);
  }
});

test('of a guest’s two photos one is lost: it is told so, taken off the list, and then all is well; sent again, it is back', async (t) => {
  const recognizer = await sharedRecognizer();
  const { services } = await openBotHouse(t, { recognizer });
  const { config, guests, storage } = services;
  const bytes = await portrait('anna');
  const sent = { photoId: 'AQADone', bytes };
  const again = { photoId: 'AQADtwo', bytes: Buffer.concat([bytes, Buffer.from('another')]) };
  for (const photo of [sent, again]) {
    assert.equal((await enrolPhoto(services, photo, { name: 'Tony' })).outcome, 'enrolled');
  }
  await storage.delete('photos/AQADone');
  const [onlyFile] = (await findLosses(services)).guests;
  assert.deepEqual(
    [onlyFile?.isRecognised, onlyFile?.recognisedBy, onlyFile?.withoutFile.map(({ photoId }) => photoId)],
    [true, 2, ['AQADone']],
  );
  await new RekognitionClient().send(new DeleteCollectionCommand({ CollectionId: config.COLLECTION_ID }));
  await rebuildFaces(services);
  const [tony] = (await findLosses(services)).guests;
  assert.deepEqual([tony?.isRecognised, tony?.recognisedBy, tony?.photos], [true, 1, 2]);

  // Sent again, the very photo is whole again.
  assert.equal((await enrolPhoto(services, sent, { name: 'Tony' })).outcome, 'enrolled');
  assert.deepEqual((await findLosses(services)).guests, []);

  await storage.delete('photos/AQADone');
  await storage.put('photos/AQADtwo', Buffer.from('no picture'), 'image/jpeg');
  await new RekognitionClient().send(new DeleteCollectionCommand({ CollectionId: config.COLLECTION_ID }));
  assert.deepEqual(await rebuildFaces(services), { found: 0, faceless: 1 });
  const [unknown] = (await findLosses(services)).guests;
  assert.deepEqual([unknown?.isRecognised, unknown?.findable, unknown?.lost.length], [false, [], 2]);
  const fresh = { photoId: 'AQADthree', bytes };
  assert.equal((await enrolPhoto(services, fresh, { name: 'Tony' })).outcome, 'enrolled');
  assert.equal(
    (await guests.photos(tony!.guest.id)).length,
    2,
    'a new one takes the place of one that is lost',
  );
  assert.deepEqual(await forgetLostPhotos(services), [{ name: 'Tony', photos: 1 }]);
  assert.deepEqual((await findLosses(services)).guests, []);
  assert.equal((await guests.photos((await guests.list())[0]!.id)).length, 1);
});

test('a lost file: the same picture under another id takes its place, and a repair gives it up when nobody sends it', async (t) => {
  const recognizer = await sharedRecognizer();
  const { services } = await openBotHouse(t, { recognizer });
  const { collection, guests, people, storage } = services;
  const bytes = await portrait('anna');
  for (const photoId of ['one', 'two']) {
    const photo = { photoId, bytes: Buffer.concat([bytes, Buffer.from(photoId)]) };
    assert.equal((await enrolPhoto(services, photo, { name: 'Barack' })).outcome, 'enrolled');
  }
  await storage.delete('photos/one');
  const again = await enrolPhoto(services, { photoId: 'again', bytes }, { name: 'Barack' });
  assert.equal(again.outcome === 'enrolled' && again.photos, 2, 'and not three');
  assert.deepEqual((await findLosses(services)).guests, []);
  const [barack] = await guests.list();
  const photos = await guests.photos(barack!.id);
  assert.deepEqual(photos.map(({ photoId }) => photoId).sort(), ['again', 'two']);
  const kept = photos.flatMap(({ faceIds }) => faceIds).sort();
  assert.deepEqual([...(await people.all()).keys()].sort(), kept, 'every face goes with a photo');

  await storage.delete('photos/two');
  assert.deepEqual(await giveUpLostFiles(services), [{ name: 'Barack', photos: 1 }]);
  assert.deepEqual((await findLosses(services)).guests, []);
  assert.deepEqual(await giveUpLostFiles(services), [], 'said once');
  const faces = (await collection.faces()).map(({ faceId }) => faceId);
  assert.deepEqual(faces.sort(), kept, 'Barack is recognised as before');

  const two = { photoId: 'two', bytes: Buffer.concat([bytes, Buffer.from('two')]) };
  assert.equal((await enrolPhoto(services, two, { name: 'Barack' })).outcome, 'known');
  await storage.delete('photos/two');
  const [lostAgain] = (await findLosses(services)).guests;
  assert.equal(lostAgain?.withoutFile.length, 1, 'what was sent again can be missed again');
});
