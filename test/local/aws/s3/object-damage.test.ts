import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileNameOf } from '../../../../local/aws/s3/object-file.ts';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { mirrored } from '../../../../local/disk/damage.ts';
import { damages, randomOf } from '../../../support/damage.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { rounds, seedOf } from '../../../support/rounds.ts';

const photo = { key: 'photos/anna', body: Buffer.from('jpeg '.repeat(500)) };
/** More than is copied where the file system cannot share blocks. */
const song = { key: 'songs/anna', body: Buffer.alloc(1_500_000, 'la ') };

const placeOf = (folder: string, key: string) => mirrored(folder, 's3', 'party', 'objects', fileNameOf(key));

async function kept(): Promise<string> {
  const folder = await emptyFolder();
  const bucket = await (await ObjectStore.open(folder)).ensureBucket('party');
  for (const object of [photo, song]) await bucket.write(object);
  return folder;
}

async function open(folder: string) {
  const told: string[] = [];
  const store = await ObjectStore.open(folder, { onDamage: (message) => told.push(message) });
  return { store, told, check: () => store.check(new AbortController().signal) };
}

for (const which of ['path', 'mirror'] as const) {
  for (const [name, damage] of Object.entries(damages)) {
    test(`a photo is not lost when its ${which === 'path' ? 'file' : 'copy'} is ${name}`, async (t) => {
      const random = randomOf(seedOf(t));
      for (let round = 0; round < rounds(2, 100); round++) {
        const folder = await kept();
        const place = placeOf(folder, photo.key);
        damage(place[which], random);
        const { store, check } = await open(folder);
        await check();
        assert.deepEqual((await store.bucket('party').read(photo.key))?.body, photo.body);
        assert.deepEqual(readFileSync(place.path), readFileSync(place.mirror));
        const again = await open(folder);
        await again.check();
        assert.deepEqual(again.told, []);
      }
    });
  }
}

test('a song that is deleted, replaced or cut off by a new file is put back', async () => {
  const folder = await kept();
  const { path } = placeOf(folder, song.key);
  rmSync(path);
  writeFileSync(path, 'another file');
  const { store, told } = await open(folder);
  assert.deepEqual(await store.readObject('party', song.key), song.body);
  assert.match(told.join(), /I put it back from its copy, and nothing is lost/);
});

test('a song of which no copy is whole is lost, and told of by its key', async () => {
  const folder = await kept();
  const { path, mirror } = placeOf(folder, song.key);
  truncateSync(path, 1000);
  truncateSync(mirror, 1000);
  const { store, told } = await open(folder);
  assert.equal(await store.readObject('party', song.key), undefined);
  assert.deepEqual(await store.readObject('party', photo.key), photo.body);
  assert.match(
    told.join(),
    /is damaged, and its copy is damaged or gone\. Lost: the object in it|songs\/anna/,
  );

  await store.bucket('party').write(song);
  const again = await open(folder);
  await again.check();
  assert.deepEqual(await again.store.readObject('party', song.key), song.body);
  assert.deepEqual(again.told, []);
});

test('what is deleted is deleted from the copies too, and does not come back', async () => {
  const folder = await kept();
  const { store } = await open(folder);
  await store.bucket('party').delete(photo.key);
  assert.deepEqual(readdirSync(mirrored(folder, 's3', 'party', 'objects').mirror), [fileNameOf(song.key)]);
  const again = await open(folder);
  assert.equal(again.store.bucket('party').info(photo.key), undefined);
  await again.store.bucket('party').delete(song.key);
  await again.store.delete(again.store.bucket('party'));
  assert.deepEqual((await open(folder)).store.buckets(), []);
});

test('a bucket whose folder is gone is put back with all that is in it', async () => {
  const folder = await kept();
  rmSync(join(folder, 's3'), { recursive: true });
  const { store } = await open(folder);
  assert.deepEqual(
    store
      .bucket('party')
      .list()
      .map(({ key }) => key),
    [photo.key, song.key],
  );
});

test('a large object costs its copy no second room', async () => {
  const folder = await kept();
  const { path, mirror } = placeOf(folder, song.key);
  // Where blocks are shared these are two files; elsewhere one with two names.
  const [own, copy] = [statSync(path), statSync(mirror)];
  assert.ok(own.ino === copy.ino || own.nlink === 1);
});

test('an object written while all are looked at is left alone', async () => {
  const folder = await kept();
  const { store, told, check } = await open(folder);
  const bucket = store.bucket('party');
  const checking = check();
  const writes = Array.from({ length: 20 }, (_, n) => bucket.write({ ...photo, body: Buffer.from(`v${n}`) }));
  await Promise.all([checking, ...writes, bucket.delete(song.key)]);
  await check();
  const last = await bucket.read(photo.key);
  const again = await open(folder);
  await again.check();
  assert.deepEqual((await again.store.bucket('party').read(photo.key))?.body, last?.body);
  assert.equal(again.store.bucket('party').info(song.key), undefined);
  assert.deepEqual([...told, ...again.told], []);
});
