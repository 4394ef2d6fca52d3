import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
  NoSuchBucket,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { s3Service } from '../../../../local/aws/s3/service.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { serve } from '../serve.ts';

async function start(t: TestContext, ...buckets: string[]) {
  const folder = await emptyFolder();
  const store = await ObjectStore.open(folder);
  for (const bucket of buckets) await store.ensureBucket(bucket);
  const s3 = new S3Client(await serve(t, s3Service(store)));
  t.after(() => s3.destroy());
  return { folder, store, s3 };
}

test('a bucket is deleted once it is empty, also with uploads that were never finished', async (t) => {
  const { folder, s3 } = await start(t, 'party');
  const Bucket = 'party';
  await s3.send(new PutObjectCommand({ Bucket, Key: 'note', Body: 'one' }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'never finished' }));
  const remove = new DeleteBucketCommand({ Bucket });
  await assert.rejects(s3.send(remove), { name: 'BucketNotEmpty' });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'note' }));
  await s3.send(remove);
  await assert.rejects(s3.send(remove), NoSuchBucket);
  assert.deepEqual(readdirSync(join(folder, 's3')), []);
  assert.deepEqual((await ObjectStore.open(folder)).buckets(), []);
  await s3.send(new CreateBucketCommand({ Bucket }));
  assert.equal((await s3.send(new ListObjectsCommand({ Bucket }))).Contents, undefined);
});

test('an object on its way into a bucket that is deleted meanwhile is refused, not lost without a word', async () => {
  const store = await ObjectStore.open(await emptyFolder());
  const bucket = await store.ensureBucket('party');
  const writing = bucket.write({ key: 'note', body: Buffer.from('one') });
  const refused = assert.rejects(writing, { name: 'NoSuchBucket' });
  await store.delete(bucket);
  await refused;
});

test('buckets come in pages, by the beginning of their names', async (t) => {
  const { s3 } = await start(t, 'guests-1', 'guests-2', 'guests-3', 'songs');
  const names: (string | undefined)[][] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketsCommand({ Prefix: 'guests', MaxBuckets: 2, ContinuationToken }),
    );
    names.push(page.Buckets?.map(({ Name }) => Name) ?? []);
    ContinuationToken = page.ContinuationToken;
  } while (ContinuationToken);
  assert.deepEqual(names, [['guests-1', 'guests-2'], ['guests-3']]);
  const elsewhere = await s3.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1' }));
  assert.deepEqual(elsewhere.Buckets ?? [], []);
  await assert.rejects(s3.send(new ListBucketsCommand({ ContinuationToken: 'x' })), {
    name: 'InvalidArgument',
  });
});

test('a bucket says that it is in us-east-1 as S3 does', async (t) => {
  const { s3 } = await start(t, 'party');
  const Bucket = 'party';
  assert.equal((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion, 'us-east-1');
  const { LocationConstraint } = await s3.send(new GetBucketLocationCommand({ Bucket }));
  assert.equal(LocationConstraint ?? '', '');
});

test('a listing of the first version goes on from a marker', async (t) => {
  const { store, s3 } = await start(t, 'party');
  for (const key of ['a', 'photos/1', 'photos/2', 'songs/x', 'z & ü']) {
    await store.bucket('party').write({ key, body: Buffer.from(key) });
  }
  const list = (more: Partial<ListObjectsCommandInput>) =>
    s3.send(new ListObjectsCommand({ Bucket: 'party', ...more }));
  const keys = async (more: Partial<ListObjectsCommandInput>) =>
    (await list(more)).Contents?.map(({ Key }) => Key);

  assert.deepEqual(await keys({}), ['a', 'photos/1', 'photos/2', 'songs/x', 'z & ü']);
  assert.deepEqual(await keys({ Marker: 'photos/1', MaxKeys: 2 }), ['photos/2', 'songs/x']);
  assert.deepEqual(await keys({ Prefix: 'z', EncodingType: 'url' }), ['z%20%26%20%C3%BC']);

  const first = await list({ Delimiter: '/', MaxKeys: 2 });
  assert.equal(first.IsTruncated, true);
  assert.equal(first.NextMarker, 'photos/');
  const rest = await list({ Delimiter: '/', Marker: first.NextMarker });
  assert.equal(rest.IsTruncated, false);
  assert.deepEqual([rest.CommonPrefixes?.[0]?.Prefix, rest.Contents?.[0]?.Key], ['songs/', 'z & ü']);
});
