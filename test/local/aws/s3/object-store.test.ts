import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { emptyFolder } from '../../../support/folder.ts';

test('buckets and objects outlive a restart', async () => {
  const folder = await emptyFolder();
  const bucket = await (await ObjectStore.open(folder)).ensureBucket('party');
  const headers = { 'content-type': 'image/jpeg', 'x-amz-meta-of': 'anna' };
  const written = await bucket.write({ key: 'photos/ünï', body: Buffer.from([10, 0, 10]), headers });
  await bucket.write({ key: 'empty', body: Buffer.alloc(0) });

  const again = (await ObjectStore.open(folder)).bucket('party');
  assert.deepEqual(again.createdAt, bucket.createdAt);
  assert.deepEqual(await again.read('photos/ünï'), { info: written, body: Buffer.from([10, 0, 10]) });
  assert.equal((await again.read('empty'))?.body.length, 0);
  assert.equal(await again.read('nothing'), undefined);
});

test('what a process left half written is gone after the next start, and the old object is there', async () => {
  const folder = await emptyFolder();
  const bucket = await (await ObjectStore.open(folder)).ensureBucket('party');
  await bucket.write({ key: 'note', body: Buffer.from('old') });
  const objects = join(folder, 's3', 'party', 'objects');
  const [file = ''] = readdirSync(objects);
  writeFileSync(join(objects, `${file}.half.new`), readFileSync(join(objects, file)).subarray(0, 20));
  const again = await ObjectStore.open(folder);
  assert.equal((await again.readObject('party', 'note'))?.toString(), 'old');
  assert.deepEqual(readdirSync(objects), [file]);
});

test('what is no object is not shown, and kept for somebody to look into', async () => {
  const folder = await emptyFolder();
  await (await ObjectStore.open(folder)).ensureBucket('party');
  const objects = join(folder, 's3', 'party', 'objects');
  writeFileSync(join(objects, 'f'.repeat(64)), 'no object');
  const told: string[] = [];
  const again = await ObjectStore.open(folder, { onDamage: (message) => told.push(message) });
  assert.deepEqual(again.bucket('party').list(), []);
  const [aside = '', ...others] = readdirSync(objects);
  assert.deepEqual(others, []);
  assert.equal(readFileSync(join(objects, aside), 'utf8'), 'no object');
  assert.match(told.join(), /is damaged, and its copy is damaged or gone/);
});

test('another service reads objects, and is told when there is none', async () => {
  const store = await ObjectStore.open(await emptyFolder());
  const bucket = await store.ensureBucket('party');
  await bucket.write({ key: 'photo', body: Buffer.from('jpeg') });
  assert.equal((await store.readObject('party', 'photo'))?.toString(), 'jpeg');
  assert.equal(await store.readObject('party', 'other'), undefined);
  assert.equal(await store.readObject('nobody', 'photo'), undefined);
});

test('a bucket that many ask for at once is one bucket', async () => {
  const store = await ObjectStore.open(await emptyFolder());
  const buckets = await Promise.all(Array.from({ length: 5 }, () => store.ensureBucket('party')));
  assert.equal(new Set(buckets).size, 1);
});

test('a write that is not allowed leaves nothing behind', async () => {
  const folder = await emptyFolder();
  const bucket = await (await ObjectStore.open(folder)).ensureBucket('party');
  const allowed = () => {
    throw new Error('no');
  };
  await assert.rejects(bucket.write({ key: 'note', body: Buffer.from('x'), allowed }), /no/);
  assert.deepEqual(readdirSync(join(folder, 's3', 'party', 'objects')), []);
  assert.equal(bucket.info('note'), undefined);
});
