import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import type { NewPhoto } from '../../../party/guests/enrolment.ts';
import type { FoundFaces } from '../../../party/guests/faces-in-photo.ts';
import { Guests } from '../../../party/guests/guests.ts';
import { People } from '../../../party/guests/people.ts';
import type { UnreadablePicture } from '../../../party/stores/collection.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('a stored photo', () => {
  let opened: OpenTable;
  before(async () => {
    opened = await openTable();
  });
  after(() => opened.close());

  /** What the bucket holds, by key. */
  let objects: Map<string, Uint8Array>;
  /** What the collection says of the next photos. */
  let verdict: () => FoundFaces | UnreadablePicture;
  let services: Parameters<typeof enrolPhoto>[0];
  beforeEach(async () => {
    for (const pk of ['PEOPLE', 'FACES'])
      for (const { sk } of await opened.table.query<{ sk: string }>(pk))
        await opened.table.delete({ pk, sk });
    objects = new Map();
    verdict = () => ({
      faces: [{ faceId: 'face-1', box: { left: 0.4, top: 0.4, width: 0.2, height: 0.2 }, advice: [] }],
      unusable: [],
    });
    services = {
      config: { BUCKET_NAME: 'bucket' },
      table: opened.table,
      now: Date.now,
      guests: new Guests(opened.table, Date.now),
      people: new People(opened.table),
      collection: {
        index: async ({ key }: { key: string }) => {
          assert.ok(objects.has(key), 'the photo is in the bucket when it is looked at');
          return verdict();
        },
        alike: async () => [],
        remove: async () => {},
        faces: async () => [{ faceId: 'face-1' }, { faceId: 'face-2' }],
      },
      storage: {
        put: async (key: string, bytes: Uint8Array) => void objects.set(key, bytes),
        delete: async (key: string) => void objects.delete(key),
        has: async (key: string) => objects.has(key),
      },
    } as unknown as typeof services;
  });

  /** A JPEG as far as its first bytes go. */
  const jpeg = Buffer.from('\xff\xd8\xff\xdb\0\x03a\xff\xd9', 'latin1');
  const photo: NewPhoto = { photoId: 'AQADanna', bytes: jpeg };
  const keys = (): string[] => [...objects.keys()];

  /** Anna, whose photo this is already. */
  async function enrolled(): Promise<string> {
    const first = await enrolPhoto(services, photo, { name: 'Anna' });
    assert.ok(first.outcome === 'enrolled');
    return first.guest.id;
  }

  test('a photo is stored once, under its own id, and its guest knows where', async () => {
    const annaId = await enrolled();
    assert.deepEqual(keys(), ['photos/AQADanna']);
    assert.deepEqual(
      (await services.guests.photos(annaId)).map(({ key }) => key),
      ['photos/AQADanna'],
    );
  });

  test('a photo that turns out to be the second guest’s of that name is stored once as well', async () => {
    await services.guests.add('a1', 'Anna');
    await services.guests.add('a2', 'Anna');
    const said = { name: 'Anna', answer: { guestId: 'a2' } } as const;
    const second = await enrolPhoto(services, photo, said);
    assert.ok(second.outcome === 'enrolled' && second.guest.id === 'a2');
    assert.deepEqual(keys(), ['photos/AQADanna']);
  });

  test('of a file that is no picture to look at nothing is stored, even for a moment', async () => {
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    const refuse = async () => assert.fail('nothing is stored');
    services = { ...services, storage: { ...services.storage, put: refuse } } as typeof services;
    const said = { name: 'Anna' };
    assert.deepEqual(await enrolPhoto(services, { photoId: 'AQADheic', bytes: heic }, said), {
      outcome: 'refused',
      refusal: { reason: 'other kind of picture', kind: 'HEIC' },
    });
    assert.deepEqual(await enrolPhoto(services, { photoId: 'AQADtext', bytes: Buffer.from('Hello') }, said), {
      outcome: 'refused',
      refusal: { reason: 'not a picture' },
    });
  });

  test('what was written into a photo is not stored with it', async () => {
    const note = Buffer.from('\xff\xd8\xff\xfe\0\x08At home', 'latin1').subarray(0, 12);
    const bytes = Buffer.concat([note, jpeg.subarray(2), Buffer.from('a film behind it')]);
    assert.equal(
      (await enrolPhoto(services, { photoId: 'AQADnote', bytes }, { name: 'Anna' })).outcome,
      'enrolled',
    );
    assert.deepEqual([...objects.values()], [jpeg]);
  });

  test('a guest keeps the photo when it comes again under another name', async () => {
    await enrolled();
    const again = await enrolPhoto(services, photo, { name: 'Berta' });
    assert.ok(again.outcome === 'known' && !again.sameName);
    assert.deepEqual(keys(), ['photos/AQADanna']);
  });

  test('a guest keeps the photo when it comes again and cannot be looked at', async () => {
    await enrolled();
    verdict = () => ({ faces: [], unusable: [] });
    assert.equal((await enrolPhoto(services, photo, { name: 'Berta' })).outcome, 'refused');
    verdict = () => {
      throw new Error('Throttled');
    };
    await assert.rejects(enrolPhoto(services, photo, { name: 'Berta' }), /Throttled/);
    assert.deepEqual(keys(), ['photos/AQADanna']);
  });

  test('of a photo that is refused, or could not be looked at, nothing stays', async () => {
    verdict = () => ({ faces: [], unusable: [] });
    assert.equal((await enrolPhoto(services, photo, { name: 'Anna' })).outcome, 'refused');
    assert.deepEqual(keys(), []);
    verdict = () => {
      throw new Error('Throttled');
    };
    await assert.rejects(enrolPhoto(services, photo, { name: 'Anna' }), /Throttled/);
    assert.deepEqual(keys(), []);
  });

  test('a photo that was stored under its guest’s id stays there, and is not stored again', async () => {
    const key = 'photos/a1/AQADanna.jpg';
    objects.set(key, photo.bytes);
    await services.guests.add('a1', 'Anna');
    await services.guests.addPhoto('a1', { photoId: photo.photoId, faceIds: ['face-1'], key });
    await services.people.assign('face-1', { kind: 'guest', id: 'a1' });
    assert.equal((await enrolPhoto(services, photo, { name: 'Anna' })).outcome, 'known');
    assert.equal((await enrolPhoto(services, photo, { name: 'Berta' })).outcome, 'known');
    assert.deepEqual(keys(), [key]);
    assert.equal((await services.guests.photos('a1'))[0]?.key, key);
  });
});
