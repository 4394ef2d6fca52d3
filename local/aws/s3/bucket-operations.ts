import type { LocalResponse } from '../service.ts';
import { parseXml, toXml, type XmlValue } from '../xml.ts';
import type { Bucket } from './bucket.ts';
import { listPage } from './listing.ts';
import type { ObjectInfo } from './object-file.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const MAX_KEYS = 1000;

/** An answer in S3's XML. */
export function xmlAnswer(root: string, content: XmlValue): LocalResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: toXml(root, content, NAMESPACE),
  };
}

/** ListBuckets */
export function listBuckets(store: ObjectStore): LocalResponse {
  const buckets = store
    .buckets()
    .map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt.toISOString() }));
  return xmlAnswer('ListAllMyBucketsResult', { Buckets: { Bucket: buckets } });
}

/** CreateBucket; one's own bucket is created again without a word, as in us-east-1. */
export async function createBucket(store: ObjectStore, name: string): Promise<LocalResponse> {
  await store.ensureBucket(name);
  return { status: 200, headers: { location: `/${name}` } };
}

/** ListObjectsV2 */
export function listObjects(bucket: Bucket, { query }: S3Request): LocalResponse {
  if (query.get('list-type') !== '2')
    throw s3Error('NotImplemented', 'Of the listings only ListObjectsV2 is here.');
  const token = query.get('continuation-token');
  const maxKeys = Math.min(MAX_KEYS, Number(query.get('max-keys') ?? MAX_KEYS));
  if (!(Number.isInteger(maxKeys) && maxKeys >= 0))
    throw s3Error('InvalidArgument', 'max-keys must be a number.');
  const after = token === null ? (query.get('start-after') ?? '') : fromToken(token);
  const request = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after,
    maxKeys,
  };
  const page = listPage(bucket.list(), request);
  const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;
  return xmlAnswer('ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(request.prefix),
    Delimiter: request.delimiter === '' ? undefined : encode(request.delimiter),
    MaxKeys: maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
    StartAfter: query.has('start-after') ? encode(query.get('start-after') ?? '') : undefined,
    ContinuationToken: token ?? undefined,
    KeyCount: page.contents.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    NextContinuationToken: page.next === undefined ? undefined : toToken(page.next),
    Contents: page.contents.map((info) => listed(info, encode)),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  });
}

/** DeleteObjects: at most 1000; those that are not there count as deleted. */
export async function deleteObjects(bucket: Bucket, { body }: S3Request): Promise<LocalResponse> {
  const request = parseXml(body, 'Delete');
  const keys = request?.all('Object').map((object) => object.text('Key')) ?? [];
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.includes(undefined)) throw s3Error('MalformedXML');
  for (const key of keys) await bucket.delete(key ?? '');
  const quiet = request?.text('Quiet') === 'true';
  return xmlAnswer('DeleteResult', { Deleted: quiet ? undefined : keys.map((Key) => ({ Key })) });
}

function listed(info: ObjectInfo, encode: (key: string) => string): XmlValue {
  return {
    Key: encode(info.key),
    LastModified: new Date(info.lastModified).toISOString(),
    ETag: info.etag,
    Size: info.size,
    StorageClass: 'STANDARD',
  };
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function toToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
