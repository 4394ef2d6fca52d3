import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { ObjectStore } from '../../../local/aws/s3/object-store.ts';
import { s3Service } from '../../../local/aws/s3/service.ts';
import { emptyBucket } from '../../../party/stores/empty-bucket.ts';
import { serve } from '../../local/aws/serve.ts';
import { emptyFolder } from '../../support/folder.ts';

const Bucket = 'party';
const never = new AbortController().signal;

async function start(t: TestContext) {
  const store = await ObjectStore.open(await emptyFolder());
  const bucket = await store.ensureBucket(Bucket);
  const client = new S3Client(await serve(t, s3Service(store)));
  t.after(() => client.destroy());
  return { bucket, client };
}

test('a bucket with more than a page of objects and with unfinished uploads is empty afterwards', async (t) => {
  const { bucket, client } = await start(t);
  for (let i = 0; i < 1002; i++)
    await bucket.write({ key: `photos/${i} & <söng>.jpg`, body: Buffer.from('x') });
  for (const Key of ['songs/a', 'songs/b'])
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));

  await emptyBucket(client, Bucket, never);

  assert.deepEqual(bucket.list(), []);
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  assert.deepEqual(Uploads, []);
});

test('an empty bucket is left as it is, and one that is not there is told', async (t) => {
  const { client } = await start(t);
  await emptyBucket(client, Bucket, never);
  await assert.rejects(emptyBucket(client, 'nowhere', never), { name: 'NoSuchBucket' });
});

test('the work ends when its time is up', async (t) => {
  const { bucket, client } = await start(t);
  await bucket.write({ key: 'photos/anna.jpg', body: Buffer.from('x') });
  await assert.rejects(emptyBucket(client, Bucket, AbortSignal.abort()), { name: 'AbortError' });
  assert.equal(bucket.list().length, 1);
});
