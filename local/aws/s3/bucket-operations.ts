import { localRegion } from '../arn.ts';
import { page } from '../protocol/paging.ts';
import type { LocalResponse } from '../service.ts';
import { parseXml, toXml, type XmlValue } from '../xml.ts';
import type { Bucket } from './bucket.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const maxBuckets = 10_000;
const maxDeleted = 1000;

/** An answer in S3's XML. */
export function xmlAnswer(root: string, content: XmlValue): LocalResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: toXml(root, content, namespace),
  };
}

/** ListBuckets */
export function listBuckets(store: ObjectStore, { query }: S3Request): LocalResponse {
  const prefix = query.get('prefix') ?? '';
  const here = (query.get('bucket-region') ?? localRegion) === localRegion;
  const matching = here ? store.buckets().filter(({ name }) => name.startsWith(prefix)) : [];
  const { items, next } = page(matching, ({ name }) => name, {
    max: countIn(query, 'max-buckets', maxBuckets, 1),
    token: query.get('continuation-token') ?? undefined,
    invalid: 'InvalidArgument',
  });
  const Bucket = items.map(({ name, createdAt }) => ({
    Name: name,
    CreationDate: createdAt.toISOString(),
    BucketRegion: localRegion,
  }));
  return xmlAnswer('ListAllMyBucketsResult', {
    Buckets: { Bucket },
    ContinuationToken: next,
    Prefix: query.has('prefix') ? prefix : undefined,
  });
}

/** CreateBucket; one's own bucket is created again without a word, as in us-east-1. */
export async function createBucket(store: ObjectStore, name: string): Promise<LocalResponse> {
  await store.ensureBucket(name);
  return { status: 200, headers: { location: `/${name}` } };
}

/** HeadBucket */
export function headBucket(): LocalResponse {
  return { status: 200, headers: { 'x-amz-bucket-region': localRegion } };
}

/** GetBucketLocation, which says of us-east-1 nothing. */
export function bucketLocation(): LocalResponse {
  return xmlAnswer('LocationConstraint', {});
}

/** DeleteBucket. @throws AwsError BucketNotEmpty */
export async function deleteBucket(store: ObjectStore, bucket: Bucket): Promise<LocalResponse> {
  if (bucket.list().length > 0) throw s3Error('BucketNotEmpty');
  await store.delete(bucket);
  return { status: 204 };
}

/** DeleteObjects: at most 1000; those that are not there count as deleted. */
export async function deleteObjects(bucket: Bucket, { body }: S3Request): Promise<LocalResponse> {
  const request = parseXml(body, 'Delete');
  const keys = request?.all('Object').map((object) => object.text('Key')) ?? [];
  if (keys.length === 0 || keys.length > maxDeleted || keys.includes(undefined))
    throw s3Error('MalformedXML');
  for (const key of keys) await bucket.delete(key ?? '');
  const quiet = request?.text('Quiet') === 'true';
  return xmlAnswer('DeleteResult', { Deleted: quiet ? undefined : keys.map((Key) => ({ Key })) });
}

/** A count in a query, at most `most`. @throws AwsError InvalidArgument */
export function countIn(query: URLSearchParams, name: string, most: number, least = 0): number {
  const text = query.get(name) ?? String(most);
  if (!/^\d{1,10}$/.test(text) || Number(text) < least)
    throw s3Error('InvalidArgument', `${name} must be a number of at least ${least}.`);
  return Math.min(most, Number(text));
}
