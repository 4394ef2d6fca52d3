import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { IndexFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { createTick } from '../../../lambdas/tick.ts';
import { hour, minute } from '../../../party/clock.ts';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import type { PhotoFace } from '../../../party/guests/faces-in-photo.ts';
import { sweepLeftovers } from '../../../party/leftovers/sweep.ts';
import type { Services } from '../../../party/services.ts';
import { addSong } from '../../../party/songs/add-song.ts';
import { UnknownFaces } from '../../../party/unknown-faces/unknown-faces.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { carolMusic } from '../../support/carols.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';
import { silentMp3 } from '../../support/silence.ts';

const adding = fileURLToPath(new URL('../../support/killed-adding.ts', import.meta.url));

/** A photo's id as Telegram makes it. */
const photoId = (name: string): string => `AQAD${name.padEnd(11, '0')}`;

/** Adds a photo or a song in a process that is killed half way. */
async function killedAdding(what: 'photo' | 'song', id: string, bytes: Uint8Array): Promise<void> {
  const { execArgv, file } = nodeArguments(adding);
  const child = spawn(process.execPath, [...execArgv, file, what, id], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(bytes);
  const [, signal] = await once(child, 'exit');
  assert.equal(signal, 'SIGKILL');
}

/** The services, so many milliseconds from now. */
const later = (services: Services, ahead: number): Services => ({
  ...services,
  now: () => Date.now() + ahead,
});

/** All that lies in bucket and collection. */
async function stored({ storage, collection }: Services) {
  const folders = await Promise.all(
    (['photos/', 'songs/', 'snapshots/'] as const).map((folder) => storage.list(folder)),
  );
  return {
    keys: folders
      .flat()
      .map(({ key }) => key)
      .sort(),
    faces: (await collection.faces()).map(({ faceId }) => faceId).sort(),
  };
}

test('what kill -9 left in bucket and collection is removed by the tick, and nothing that is somebody’s', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { services } = house;
  const music = await carolMusic();
  const anna = { photoId: photoId('anna'), bytes: await plainPortrait(1) };
  await enrolPhoto(services, anna, { name: 'Anna' });
  await addSong(services, {
    title: 'Hers',
    fileName: 'a.mp3',
    bytes: music,
  });
  await services.storage.put('by-hand/berta.jpg', await plainPortrait(2), 'image/jpeg');
  const byHand = { S3Object: { Bucket: services.config.BUCKET_NAME, Name: 'by-hand/berta.jpg' } };
  await new RekognitionClient().send(
    new IndexFacesCommand({
      CollectionId: services.config.COLLECTION_ID,
      Image: byHand,
      ExternalImageId: 'Berta',
    }),
  );
  const before = await stored(services);

  await killedAdding('photo', photoId('lost'), await plainPortrait(3));
  await killedAdding('song', 'lost', silentMp3(40));
  const left = await stored(services);
  assert.equal(left.keys.length, before.keys.length + 2);
  assert.equal(left.faces.length, before.faces.length + 1);

  const tick = (ahead: number) => {
    const then = later(services, ahead);
    return createTick(then, chatOf(house, then))();
  };
  await tick(2 * hour);
  await tick(2 * hour + 59 * minute);
  assert.deepEqual(await stored(services), left, 'seen once only');
  await tick(3 * hour + minute);
  assert.deepEqual(await stored(services), before);
  assert.ok(await services.storage.get('by-hand/berta.jpg'));
});

test('what is young, or becomes somebody’s between two looks, stays; old snapshots go', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const bytes = await plainPortrait(4);
  await killedAdding('photo', photoId('slow'), bytes);
  await services.storage.put('snapshots/1.jpg', bytes, 'image/jpeg');
  const young = await stored(services);

  await sweepLeftovers(services);
  await sweepLeftovers(later(services, hour + 10_000));
  assert.deepEqual((await stored(services)).keys, young.keys, 'younger than an hour at the first look');

  await enrolPhoto(services, { photoId: photoId('slow'), bytes }, { name: 'Slow' });
  await sweepLeftovers(later(services, 3 * hour));
  const [photo] = await services.guests.allPhotos();
  const { keys, faces } = await stored(services);
  assert.deepEqual(keys, young.keys);
  assert.deepEqual(faces, photo?.faceIds);

  await sweepLeftovers(later(services, 8 * 24 * hour));
  await sweepLeftovers(later(services, 8 * 24 * hour + 2 * hour));
  assert.deepEqual((await stored(services)).keys, [`photos/${photoId('slow')}`]);
});

test('of many who come for a look at the same time, one looks', async (t) => {
  const { services } = await openBotHouse(t);
  const looks = await Promise.all(Array.from({ length: 5 }, () => sweepLeftovers(services)));
  assert.deepEqual(looks.filter(Boolean), [{ objects: 0, faces: 0 }]);
});

test('the faces and pictures of an album whose people are being named stay, and go with the last answer', async (t) => {
  const { services, host } = await openBotHouse(t, { recognizer: plainRecognizer });
  for (const person of [1, 2])
    await host.sendPhoto(host.bot, await plainPortrait(person), { mediaGroupId: 'several' });
  await host.waitForMessage(says(/^These photos show 2 people\./));
  const before = await stored(services);
  assert.deepEqual([before.keys.length, before.faces.length], [2, 2]);
  await sweepLeftovers(later(services, 2 * hour));
  await sweepLeftovers(later(services, 4 * hour));
  assert.deepEqual(await stored(services), before);
  await host.say(host.bot, '2 Ben');
  await host.say(host.bot, '/cancel');
  await host.waitForMessage(says(/^Got it!\n2 Ben\n/));
  const after = await stored(services);
  assert.deepEqual([after.keys.length, after.faces.length], [1, 1]);
});

test('a face at the door is nobody’s once the faces of its party are deleted, and not before', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const { config, storage, collection, people, table } = services;
  const unknown = new UnknownFaces(table);
  const key = 'snapshots/drawn/1-unknown-one.jpg';
  await storage.put(key, await plainPortrait(5), 'image/jpeg');
  await unknown.noteParty('last');
  const indexed = await collection.index({ bucket: config.BUCKET_NAME, key }, photoId('stranger'));
  assert.ok('faces' in indexed);
  const [{ faceId }] = indexed.faces as readonly [PhotoFace];
  await people.assign(faceId, { kind: 'unknown', id: 'one' });

  await sweepLeftovers(later(services, 2 * hour));
  await sweepLeftovers(later(services, 4 * hour));
  assert.deepEqual((await stored(services)).faces, [faceId], 'the tick deletes it with its party');

  await unknown.forgetParty('last');
  await sweepLeftovers(later(services, 6 * hour));
  await sweepLeftovers(later(services, 8 * hour));
  assert.deepEqual((await stored(services)).faces, []);
  assert.deepEqual(await people.all(), new Map());
});
