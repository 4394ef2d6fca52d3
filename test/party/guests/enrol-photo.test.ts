import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IndexFacesCommand, ListFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import { photoIdOf } from '../../../party/guests/enrolled-face.ts';
import type { NewPhoto } from '../../../party/guests/enrolment.ts';
import { openBotHouse } from '../../support/bot-house.ts';
import { portrait } from '../../support/portraits.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';

const recognizer = await sharedRecognizer();

const photo = (bytes: Buffer): NewPhoto => ({ photoId: 'AQADanna', bytes });

test('a photo that comes twice is enrolled once', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  const bytes = await portrait('anna');
  const first = await enrolPhoto(services, photo(bytes), { name: 'Anna' });
  const second = await enrolPhoto(services, photo(bytes), { name: 'anna' });
  assert.deepEqual([first.outcome, second.outcome], ['enrolled', 'known']);
  assert.ok(second.outcome === 'known' && second.sameName);
  assert.equal((await services.table.query('FACES')).length, 1);
});

test('a guest’s photo is not another guest’s as well', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  const bytes = await portrait('anna');
  await enrolPhoto(services, photo(bytes), { name: 'Anna' });
  const other = await enrolPhoto(services, photo(bytes), { name: 'Berta' });
  assert.ok(other.outcome === 'known' && other.guest.name === 'Anna' && !other.sameName);
  assert.equal((await services.guests.list()).length, 1);
  const faces = await services.collection.alike(Object.keys(await facesOf(services))[0]!);
  assert.deepEqual(faces, []);
});

test('a photo that was enrolled before its face’s id had a prefix is known when it comes again', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  const bytes = await portrait('anna');
  const formerly = { ...photo(bytes), photoId: 'AQADmqgxGxl4wEl-' };
  await services.collection.ensure();
  await services.storage.put('photos/old.jpg', bytes, 'image/jpeg');
  const { FaceRecords: [old] = [] } = await new RekognitionClient().send(
    new IndexFacesCommand({
      CollectionId: services.config.COLLECTION_ID,
      Image: { S3Object: { Bucket: services.config.BUCKET_NAME, Name: 'photos/old.jpg' } },
      ExternalImageId: formerly.photoId,
    }),
  );
  const guest = await services.guests.add('anna', 'Anna');
  await services.people.assign(old!.Face!.FaceId!, { kind: 'guest', id: guest.id });
  const again = await enrolPhoto(services, formerly, { name: 'Berta' });
  assert.ok(again.outcome === 'known' && again.guest.name === 'Anna');
});

test('a face is indexed with an id that nobody takes for a name', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  await enrolPhoto(services, photo(await portrait('anna')), { name: 'Anna' });
  const { Faces: [face] = [] } = await new RekognitionClient().send(
    new ListFacesCommand({ CollectionId: services.config.COLLECTION_ID }),
  );
  assert.equal(photoIdOf(face?.ExternalImageId), 'AQADanna');
});

test('what a try that was cut short left behind is taken away', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  const bytes = await portrait('anna');
  await services.storage.put('photos/left/AQADanna.jpg', bytes, 'image/jpeg');
  await services.collection.enrol(
    { bucket: services.config.BUCKET_NAME, key: 'photos/left/AQADanna.jpg' },
    photo(bytes).photoId,
  );
  const enrolled = await enrolPhoto(services, photo(bytes), { name: 'Anna' });
  assert.equal(enrolled.outcome, 'enrolled');
  const [faceId = ''] = Object.keys(await facesOf(services));
  assert.deepEqual(await services.collection.alike(faceId), []);
});

test('a photo that is refused leaves neither object nor face nor guest', async (t) => {
  const { services } = await openBotHouse(t, { recognizer });
  const outcome = await enrolPhoto(services, photo(await portrait('turned')), { name: 'Anna' });
  assert.equal(outcome.outcome, 'refused');
  const { S3Client, ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const listed = await new S3Client().send(new ListObjectsV2Command({ Bucket: services.config.BUCKET_NAME }));
  assert.deepEqual(listed.Contents ?? [], []);
  assert.deepEqual(await services.guests.list(), []);
});

/** Whose each face is, by FaceId. */
async function facesOf({ table }: { table: { query: <T>(pk: string) => Promise<T[]> } }): Promise<object> {
  const items = await table.query<{ faceId: string; id: string }>('FACES');
  return Object.fromEntries(items.map(({ faceId, id }) => [faceId, id]));
}
