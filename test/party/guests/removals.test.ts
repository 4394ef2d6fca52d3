import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hour } from '../../../party/clock.ts';
import { dropPhoto, isElsewhere, restorePhoto } from '../../../party/guests/drop-photo.ts';
import { enrolPhoto } from '../../../party/guests/enrol-photo.ts';
import { finishRemovals } from '../../../party/guests/finish-removals.ts';
import { movePhoto } from '../../../party/guests/move-photo.ts';
import { Removals } from '../../../party/guests/removals.ts';
import { removeGuest, restoreGuest } from '../../../party/guests/remove-guest.ts';
import { findLosses } from '../../../party/losses/losses.ts';
import type { Services } from '../../../party/services.ts';
import { undoSpan } from '../../../party/undo-span.ts';
import { openBotHouse } from '../../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

const photoOf = async (person: number, photoId: string) => ({ photoId, bytes: await plainPortrait(person) });

/** Enrols a photo, which must do. @returns the guest's id */
async function enrol(services: Services, person: number, photoId: string, name: string): Promise<string> {
  const enrolment = await enrolPhoto(services, await photoOf(person, photoId), { name });
  assert.equal(enrolment.outcome, 'enrolled');
  return enrolment.outcome === 'enrolled' ? enrolment.guest.id : '';
}

/** Who is recognised by a face in the collection, by photo. */
async function recognised({ collection, people, guests }: Services): Promise<Record<string, string>> {
  const owners = await people.all();
  const faces = (await collection.faces()).map(async ({ faceId, photoId = '' }) => {
    const owner = owners.get(faceId);
    return [photoId, (owner && (await guests.get(owner.id))?.name) ?? 'nobody'] as const;
  });
  return Object.fromEntries((await Promise.all(faces)).sort());
}

const later = (services: Services, ahead: number): Services => ({
  ...services,
  now: () => Date.now() + ahead,
});

test('what is removed from the guests', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const { guests, people, storage, songs } = services;
  const anna = await enrol(services, 1, 'anna-1', 'Anna');
  const berta = await enrol(services, 5, 'berta-1', 'Berta');
  const all = { 'anna-1': 'Anna', 'berta-1': 'Berta' };

  await t.test('a guest who is removed is on no list, and no face of theirs is left', async () => {
    await guests.setSong(anna, 'song');
    assert.equal((await removeGuest(services, anna))?.name, 'Anna');
    assert.equal(await guests.get(anna), undefined);
    assert.deepEqual(
      (await guests.list()).map(({ name }) => name),
      ['Berta'],
    );
    assert.deepEqual(await recognised(services), { 'berta-1': 'Berta' });
    assert.equal((await people.all()).size, 1);
    assert.equal(
      await guests.rename(anna, 'Anne'),
      undefined,
      'nothing brings a removed guest back but Undo',
    );
    assert.equal(await guests.setSong(anna, 'another'), undefined);
  });

  await t.test('undone, all is as before, however often it is asked for', async () => {
    for (let press = 0; press < 2; press++)
      assert.equal((await restoreGuest(services, anna))?.songId, 'song');
    assert.deepEqual(await recognised(services), all);
    assert.deepEqual((await findLosses(services)).guests, []);
  });

  await t.test(
    'a photo is dropped and restored; without one, a guest stays and is not recognised',
    async () => {
      const place = { guestId: anna, photoId: 'anna-1' };
      const dropped = await dropPhoto(services, place);
      assert.deepEqual([dropped.outcome, 'photos' in dropped && dropped.photos], ['done', 0]);
      assert.deepEqual(await recognised(services), { 'berta-1': 'Berta' });
      const restored = await restorePhoto(services, place);
      assert.deepEqual([restored.outcome, 'photos' in restored && restored.photos], ['done', 1]);
      assert.deepEqual(await recognised(services), all);
      assert.equal((await dropPhoto(services, { ...place, photoId: 'none' })).outcome, 'gone');
    },
  );

  await t.test('a photo is moved to another guest and back', async () => {
    for (let delivery = 0; delivery < 2; delivery++) {
      const moved = await movePhoto(services, { guestId: anna, photoId: 'anna-1' }, berta);
      assert.deepEqual([moved.outcome, 'photos' in moved && moved.photos], ['done', 2]);
    }
    assert.deepEqual(await recognised(services), { 'anna-1': 'Berta', 'berta-1': 'Berta' });
    assert.deepEqual(await guests.photos(anna), []);
    await movePhoto(services, { guestId: berta, photoId: 'anna-1' }, anna);
    assert.deepEqual(await recognised(services), all);
    assert.equal((await movePhoto(services, { guestId: berta, photoId: 'none' }, anna)).outcome, 'gone');
  });

  await t.test('a dropped photo that is another guest’s by now is not taken from them', async () => {
    const place = { guestId: anna, photoId: 'anna-1' };
    await dropPhoto(services, place);
    const carla = await enrol(services, 1, 'anna-1', 'Carla');
    assert.equal((await restorePhoto(services, place)).outcome, 'gone');
    assert.deepEqual(await recognised(services), { 'anna-1': 'Carla', 'berta-1': 'Berta' });
    await removeGuest(services, carla);
    await restorePhoto(services, place);
    assert.deepEqual(await recognised(services), all);
    await finishRemovals(later(services, undoSpan + hour));
    assert.deepEqual(await recognised(services), all, 'Carla is forgotten, and Anna’s photo is still hers');
  });

  await t.test('in a photo of several people each has a face of their own', async () => {
    const box = (left: number) => ({ left, top: 0.2, width: 0.2, height: 0.4 });
    const photo = { photoId: 'both', key: 'photos/both' };
    await guests.addPhoto(anna, { ...photo, faceIds: ['face-a'], box: box(0.1) });
    await guests.addPhoto(berta, { ...photo, faceIds: ['face-b'], box: box(0.6) });
    assert.equal((await movePhoto(services, { guestId: anna, photoId: 'both' }, berta)).outcome, 'taken');
    const [first, second] = await Promise.all([anna, berta].map((id) => guests.photos(id)));
    const own = (photos: typeof first) => photos!.find(({ photoId }) => photoId === 'both')!;
    assert.equal(await isElsewhere(services, anna, own(first)), false);
    assert.equal(await isElsewhere(services, anna, own(second)), true);
    for (const id of [anna, berta]) await guests.removePhoto(id, 'both');
  });

  await t.test(
    'a removal that was cut short is finished by the next look, and is forgotten in time',
    async () => {
      // All that a process wrote that ended just after.
      await new Removals(services.table).removeGuest(anna, services.now());
      assert.deepEqual(await recognised(services), { 'anna-1': 'nobody', 'berta-1': 'Berta' });
      await finishRemovals(services);
      assert.deepEqual(await recognised(services), { 'berta-1': 'Berta' });
      assert.equal((await new Removals(services.table).photos(anna)).length, 1, 'it can still be restored');
      await finishRemovals(later(services, undoSpan + hour));
      assert.equal(await restoreGuest(services, anna), undefined);
      assert.deepEqual(
        (await guests.allPhotos()).map(({ photoId }) => photoId),
        ['berta-1'],
      );
      assert.equal(
        (await storage.list('photos/')).length,
        2,
        'its file is nobody’s, which is the sweep’s to remove',
      );
      assert.deepEqual(await songs.list(), []);
    },
  );
});
