import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { crc32 } from 'node:zlib';
import {
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  NoSuchKey,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
  type UploadPartCopyCommandInput,
} from '@aws-sdk/client-s3';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { s3Service } from '../../../../local/aws/s3/service.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { serve } from '../serve.ts';

const Bucket = 'party';
const key = 'whole';
const copySource = `${Bucket}/source`;
const bytes = Buffer.from(Array.from({ length: 6_000_000 }, (_, i) => i % 251));

async function start(t: TestContext) {
  const store = await ObjectStore.open(await emptyFolder());
  const bucket = await store.ensureBucket(Bucket);
  await bucket.write({ key: 'source', body: bytes });
  const s3 = new S3Client(await serve(t, s3Service(store)));
  t.after(() => s3.destroy());
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: key }));
  const upload = { Bucket, Key: key, UploadId };
  const copy = async (PartNumber: number, more: Partial<UploadPartCopyCommandInput> = {}) => {
    const part = { ...upload, PartNumber, CopySource: copySource, ...more };
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand(part));
    return { PartNumber, ETag: CopyPartResult?.ETag };
  };
  const put = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (
    Parts: { PartNumber: number; ETag: string | undefined }[],
    more: Partial<CompleteMultipartUploadCommandInput> = {},
  ) => s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...more }));
  return { bucket, s3, copy, put, complete };
}

test('parts can be other objects, or ranges of them', async (t) => {
  const { bucket, copy, put, complete } = await start(t);
  const parts = [
    await copy(1),
    await copy(2, { CopySourceRange: 'bytes=0-5499999' }),
    await put(3, Buffer.from('end')),
  ];
  await complete(parts);
  const expected = Buffer.concat([bytes, bytes.subarray(0, 5_500_000), Buffer.from('end')]);
  assert.deepEqual((await bucket.read(key))?.body, expected);
});

test('a part of nothing, or of what is not there, is refused', async (t) => {
  const { copy } = await start(t);
  await assert.rejects(copy(1, { CopySource: `${Bucket}/nothing` }), NoSuchKey);
  await assert.rejects(copy(1, { CopySource: 'nowhere/source' }), { name: 'NoSuchBucket' });
  await assert.rejects(copy(1, { CopySourceRange: 'bytes=6000000-6000001' }), { name: 'InvalidRange' });
  await assert.rejects(copy(1, { CopySourceRange: 'half of it' }), { name: 'InvalidArgument' });
  await assert.rejects(copy(0), { name: 'InvalidArgument' });
});

test('a copy is made only of what the source was known to be', async (t) => {
  const { s3, bucket, copy } = await start(t);
  const etag = bucket.info('source')?.etag;
  const other = '"0123456789abcdef0123456789abcdef"';
  await copy(1, { CopySourceIfMatch: etag });
  await assert.rejects(copy(1, { CopySourceIfMatch: other }), { name: 'PreconditionFailed' });
  await assert.rejects(
    s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: copySource, CopySourceIfNoneMatch: etag }),
    ),
    { name: 'PreconditionFailed' },
  );
  assert.equal(bucket.info('copy'), undefined);
});

test('a checksum that comes with the list of parts is of the whole object', async (t) => {
  const { bucket, put, complete } = await start(t);
  const parts = [await put(1, bytes), await put(2, Buffer.from('end'))];
  const whole = Buffer.concat([bytes, Buffer.from('end')]);
  const sum = (body: Buffer) => {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(crc32(body));
    return number.toString('base64');
  };
  const ChecksumType = 'FULL_OBJECT';
  await assert.rejects(complete(parts, { ChecksumCRC32: sum(bytes), ChecksumType }), { name: 'BadDigest' });
  await complete(parts, { ChecksumCRC32: sum(whole), ChecksumType });
  assert.equal(bucket.info(key)?.checksums['x-amz-checksum-crc32'], sum(whole));
});

test('uploads that were begun are listed in pages, by key and then by id, and are gone when they end', async (t) => {
  const { s3, complete, put } = await start(t);
  for (const other of ['another', 'whole', 'zebra']) {
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: other }));
  }
  const found: string[] = [];
  let next: Pick<ListMultipartUploadsCommandOutput, 'NextKeyMarker' | 'NextUploadIdMarker'> = {};
  for (let pages = 0; pages < 4; pages++) {
    const page = await s3.send(
      new ListMultipartUploadsCommand({
        Bucket,
        MaxUploads: 1,
        KeyMarker: next.NextKeyMarker,
        UploadIdMarker: next.NextUploadIdMarker,
      }),
    );
    found.push(...(page.Uploads ?? []).map(({ Key = '' }) => Key));
    assert.equal(page.IsTruncated, pages < 3);
    next = page;
  }
  assert.deepEqual(found, ['another', 'whole', 'whole', 'zebra']);

  await complete([await put(1, Buffer.from('end'))]);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'wh' }));
  assert.equal(Uploads.length, 1);
});
