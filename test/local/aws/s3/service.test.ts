import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  NoSuchBucket,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { s3Service } from '../../../../local/aws/s3/service.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { serve } from '../serve.ts';

const bucket = 'party';

async function start(t: TestContext) {
  const folder = await emptyFolder();
  const store = await ObjectStore.open(folder);
  await store.ensureBucket(bucket);
  const options = await serve(t, s3Service(store));
  const s3 = new S3Client(options);
  t.after(() => s3.destroy());
  const put = (
    Key: string,
    Body: NonNullable<PutObjectCommandInput['Body']>,
    more: Partial<Omit<PutObjectCommandInput, 'Body'>> = {},
  ) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));
  const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
    s3.send(new GetObjectCommand({ Bucket: bucket, Key, ...more }));
  const text = async (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
    (await get(Key, more)).Body?.transformToString();
  const list = async (more: Partial<ListObjectsV2CommandInput> = {}) =>
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, ...more }));
  return { folder, store, options, s3, put, get, text, list };
}

test('buckets are created, once or again, listed and found', async (t) => {
  const { s3 } = await start(t);
  await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'another' }));
  const { Buckets } = await s3.send(new ListBucketsCommand());
  assert.deepEqual(
    Buckets?.map((bucket) => bucket.Name),
    ['another', bucket],
  );
  assert.ok(Buckets[0]?.CreationDate instanceof Date);
  await s3.send(new HeadBucketCommand({ Bucket: bucket }));
  await assert.rejects(s3.send(new HeadBucketCommand({ Bucket: 'nobody' })), NotFound);
  await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: 'nobody' })), NoSuchBucket);
});

test('an object comes back with its bytes, type and metadata', async (t) => {
  const { s3, put, get } = await start(t);
  const body = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
  const { ETag } = await put('songs/anna.mp3', body, {
    ContentType: 'audio/mpeg',
    CacheControl: 'max-age=60',
    Metadata: { title: 'joy' },
  });
  const object = await get('songs/anna.mp3');
  assert.deepEqual(Buffer.from((await object.Body?.transformToByteArray()) ?? []), body);
  assert.equal(object.ContentType, 'audio/mpeg');
  assert.equal(object.CacheControl, 'max-age=60');
  assert.equal(object.ContentEncoding, undefined);
  assert.deepEqual(object.Metadata, { title: 'joy' });
  assert.equal(object.ETag, ETag);

  const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'songs/anna.mp3' }));
  assert.equal(head.ContentLength, body.length);
  assert.deepEqual(head.LastModified, object.LastModified);
  await assert.rejects(get('songs/ben.mp3'), NoSuchKey);
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'songs/ben.mp3' })), NotFound);
});

test('a stream of known length is uploaded in chunks and stored without them', async (t) => {
  const { put, get } = await start(t);
  const chunks = Array.from({ length: 5 }, (_, i) => Buffer.alloc(70_000, i));
  await put('songs/stream.ogg', Readable.from(chunks), {
    ContentLength: 350_000,
    ContentEncoding: 'identity',
  });
  const object = await get('songs/stream.ogg');
  assert.deepEqual(Buffer.from((await object.Body?.transformToByteArray()) ?? []), Buffer.concat(chunks));
  assert.equal(object.ContentEncoding, 'identity');
});

for (const checksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
  test(`a ${checksumAlgorithm} checksum is checked, kept and given back`, async (t) => {
    const { s3, put, text } = await start(t);
    const body = 'nine hundred bells';
    const right = {
      CRC32: 'ChecksumCRC32',
      CRC32C: 'ChecksumCRC32C',
      CRC64NVME: 'ChecksumCRC64NVME',
      SHA1: 'ChecksumSHA1',
      SHA256: 'ChecksumSHA256',
    }[checksumAlgorithm] as 'ChecksumCRC32';
    // The CRC-64 has no implementation in the SDK without a native package: its figure is given by hand.
    const given =
      checksumAlgorithm === 'CRC64NVME'
        ? { ChecksumCRC64NVME: knownCrc64 }
        : { ChecksumAlgorithm: checksumAlgorithm };
    await put('note', given.ChecksumAlgorithm ? body : '123456789', given);
    const head = await s3.send(
      new HeadObjectCommand({ Bucket: bucket, Key: 'note', ChecksumMode: 'ENABLED' }),
    );
    assert.ok(head[right]);
    if (checksumAlgorithm !== 'CRC64NVME') assert.equal(await text('note'), body);
    const wrong = `${head[right]?.startsWith('A') ? 'B' : 'A'}${head[right]?.slice(1)}`;
    await assert.rejects(put('note', 'other', { [right]: wrong }), { name: 'BadDigest' });
    assert.equal(await text('note'), given.ChecksumAlgorithm ? body : '123456789');
  });
}

/** The check value of CRC-64/NVME in the catalogue of parametrised CRC algorithms: ae8b14860a799888. */
const knownCrc64 = Buffer.from('ae8b14860a799888', 'hex').toString('base64');

test('only one of many writers who want a new key gets it', async (t) => {
  const { put, text } = await start(t);
  const tries = await Promise.allSettled(
    ['a', 'b', 'c', 'd'].map((who) => put('claim', who, { IfNoneMatch: '*' }).then(() => who)),
  );
  const won = tries.filter((one) => one.status === 'fulfilled');
  assert.equal(won.length, 1);
  assert.equal(await text('claim'), won[0]?.value);
  for (const one of tries) {
    if (one.status === 'rejected') assert.equal(one.reason.name, 'PreconditionFailed');
  }
});

test('an object is replaced only in the state that If-Match names', async (t) => {
  const { put, text } = await start(t);
  const first = await put('note', 'one');
  const { ETag: second } = await put('note', 'two', { IfMatch: first.ETag });
  assert.notEqual(second, first.ETag);
  await assert.rejects(put('note', 'three', { IfMatch: first.ETag }), { name: 'PreconditionFailed' });
  assert.equal(await text('note'), 'two');
});

test('a reader who has the object already is not sent it again', async (t) => {
  const { put, get } = await start(t);
  const { ETag } = await put('note', 'one');
  await assert.rejects(
    get('note', { IfNoneMatch: ETag }),
    (error: { $metadata: { httpStatusCode: number } }) => {
      assert.equal(error.$metadata.httpStatusCode, 304);
      return true;
    },
  );
});

test('ranges of an object are served', async (t) => {
  const { put, get, text } = await start(t);
  await put('digits', '0123456789');
  const middle = await get('digits', { Range: 'bytes=2-4' });
  assert.equal(await middle.Body?.transformToString(), '234');
  assert.equal(middle.ContentRange, 'bytes 2-4/10');
  assert.equal(await text('digits', { Range: 'bytes=7-' }), '789');
  assert.equal(await text('digits', { Range: 'bytes=-3' }), '789');
  assert.equal(await text('digits', { Range: 'bytes=8-99' }), '89');
  await assert.rejects(get('digits', { Range: 'bytes=10-' }), { name: 'InvalidRange' });
});

test('a listing comes in pages, by prefix and by folder', async (t) => {
  const { put, list } = await start(t);
  for (const key of ['a', 'photos/1', 'photos/2', 'photos/old/3', 'songs/x', 'ü', 'z']) await put(key, key);
  const keys = async (more: Partial<ListObjectsV2CommandInput>) =>
    (await list(more)).Contents?.map(({ Key }) => Key);

  assert.deepEqual(await keys({ Prefix: 'photos/' }), ['photos/1', 'photos/2', 'photos/old/3']);
  assert.deepEqual(await keys({ StartAfter: 'songs/x' }), ['z', 'ü']);

  const top = await list({ Delimiter: '/' });
  assert.deepEqual(
    top.Contents?.map(({ Key }) => Key),
    ['a', 'z', 'ü'],
  );
  assert.deepEqual(
    top.CommonPrefixes?.map(({ Prefix }) => Prefix),
    ['photos/', 'songs/'],
  );

  const seen: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await list({ Delimiter: '/', MaxKeys: 2, ContinuationToken });
    assert.ok((page.KeyCount ?? 0) <= 2);
    assert.equal(page.IsTruncated, page.NextContinuationToken !== undefined);
    seen.push(
      ...(page.Contents ?? []).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map((p) => p.Prefix),
    );
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  assert.deepEqual(seen.sort(), ['a', 'photos/', 'songs/', 'z', 'ü']);
});

test('objects are deleted one by one or many at once', async (t) => {
  const { s3, put, list } = await start(t);
  const keys = ['one', 'two', 'a&b <c> "d" \'e\'', 'line\nbreak', '&lt;', 'kept'];
  for (const key of keys) await put(key, key);
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'one' }));
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'never there' }));
  const Objects = keys.slice(1, -1).map((Key) => ({ Key }));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
  assert.equal(Deleted?.length, Objects.length);
  assert.deepEqual(
    (await list()).Contents?.map(({ Key }) => Key),
    ['kept'],
  );
});

test('a copy has the bytes, and the metadata or other', async (t) => {
  const { s3, put, get } = await start(t);
  await put('from here & there', 'tune', { ContentType: 'audio/ogg', Metadata: { of: 'anna' } });
  const CopySource = `${bucket}/${encodeURIComponent('from here & there')}`;
  await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'same', CopySource }));
  const other = { ContentType: 'audio/mpeg', MetadataDirective: 'REPLACE', Metadata: { of: 'ben' } } as const;
  await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'other', CopySource, ...other }));
  const same = await get('same');
  assert.equal(await same.Body?.transformToString(), 'tune');
  assert.equal(same.ContentType, 'audio/ogg');
  assert.deepEqual(same.Metadata, { of: 'anna' });
  assert.deepEqual((await get('other')).Metadata, { of: 'ben' });
  const missing = new CopyObjectCommand({ Bucket: bucket, Key: 'x', CopySource: `${bucket}/nothing` });
  await assert.rejects(s3.send(missing), NoSuchKey);
});

test('an upload in parts becomes one object, also over a restart', async (t) => {
  const { folder, s3, get } = await start(t);
  const Key = 'songs/long.flac';
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ Bucket: bucket, Key, ContentType: 'audio/flac' }),
  );
  const part = async (PartNumber: number, Body: Buffer) => ({
    PartNumber,
    ETag: (await s3.send(new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber, Body }))).ETag,
  });
  const first = Buffer.alloc(5 * 1024 * 1024, 1);
  const Parts = [await part(1, first), await part(2, Buffer.from('end'))];
  const complete = (parts: typeof Parts) =>
    s3.send(
      new CompleteMultipartUploadCommand({
        Bucket: bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts: parts },
      }),
    );
  await assert.rejects(complete(Parts.toReversed()), { name: 'InvalidPartOrder' });
  await assert.rejects(complete([{ PartNumber: 3, ETag: '"x"' }]), { name: 'InvalidPart' });
  const { ETag } = await complete(Parts);
  assert.match(ETag ?? '', /-2"$/);

  const object = await get(Key);
  assert.equal(object.ContentType, 'audio/flac');
  const expected = Buffer.concat([first, Buffer.from('end')]);
  assert.deepEqual(Buffer.from((await object.Body?.transformToByteArray()) ?? []), expected);
  assert.deepEqual(await (await ObjectStore.open(folder)).readObject(bucket, Key), expected);
  await assert.rejects(complete(Parts), { name: 'NoSuchUpload' });
});

test('an upload in parts that are too small, or that was called off, is no object', async (t) => {
  const { folder, s3, list } = await start(t);
  const Key = 'songs/short.flac';
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
  const part = async (PartNumber: number) => ({
    PartNumber,
    ETag: (await s3.send(new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber, Body: 'small' })))
      .ETag,
  });
  const MultipartUpload = { Parts: [await part(1), await part(2)] };
  const upload = { Bucket: bucket, Key, UploadId };
  await assert.rejects(s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload })), {
    name: 'EntityTooSmall',
  });
  await s3.send(new AbortMultipartUploadCommand(upload));
  await assert.rejects(part(3), { name: 'NoSuchUpload' });
  await assert.rejects(s3.send(new UploadPartCommand({ ...upload, UploadId: '../../../x', PartNumber: 1 })), {
    name: 'NoSuchUpload',
  });
  assert.equal((await list()).KeyCount, 0);
  assert.deepEqual(readdirSync(join(folder, 's3', bucket, 'uploads')), []);
});

test('what is not available says so and does nothing', async (t) => {
  const { s3, put } = await start(t);
  await put('note', 'one');
  await assert.rejects(s3.send(new GetObjectAclCommand({ Bucket: bucket, Key: 'note' })), {
    name: 'NotImplemented',
  });
});

const tricks = [
  '../../../escaped',
  '..',
  '.',
  'a/../../b',
  '/absolute',
  '//double',
  'trailing/',
  'nul\0l',
  'C:\\x',
  '%2e%2e/%2e%2e',
  'CON',
];

for (const key of [...tricks, 'Case', 'case', 'ünïcödé 🎄', 'a+b c?d#e', 'x'.repeat(1024)]) {
  test(`the key ${JSON.stringify(key.slice(0, 30))} is only a name`, async (t) => {
    const { folder, store, s3, put, text } = await start(t);
    const before = readdirSync(folder);
    await put(key, `of ${key}`);
    assert.equal(await text(key), `of ${key}`);
    assert.deepEqual(
      store
        .bucket(bucket)
        .list()
        .map((info) => info.key),
      [key],
    );
    assert.deepEqual(readdirSync(folder), before);
    assert.deepEqual(readdirSync(join(folder, 's3')), [bucket]);
    assert.deepEqual(readdirSync(join(folder, 's3', bucket)).sort(), ['bucket.json', 'objects', 'uploads']);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await assert.rejects(text(key), NoSuchKey);
  });
}

test('keys that differ only in case are two objects, and too long a key is refused', async (t) => {
  const { put, text } = await start(t);
  await put('Anna', 'big');
  await put('anna', 'small');
  assert.equal(await text('Anna'), 'big');
  await assert.rejects(put('x'.repeat(1025), 'long'), { name: 'KeyTooLongError' });
});

for (const name of ['..', '.x', 'a', 'UPPER', 'a..b', 'x/y', 'ends-']) {
  test(`no bucket can be called ${JSON.stringify(name)}`, async (t) => {
    const { store, folder } = await start(t);
    await assert.rejects(store.ensureBucket(name), { name: 'InvalidBucketName' });
    assert.deepEqual(readdirSync(join(folder, 's3')), [bucket]);
  });
}
