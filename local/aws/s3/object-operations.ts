import type { IncomingHttpHeaders } from 'node:http';
import type { LocalResponse } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { xmlAnswer } from './bucket-operations.ts';
import { byteRange } from './byte-range.ts';
import type { ObjectInfo, StoredObject } from './object-file.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const maxMetadataBytes = 2048;
const metadataPrefix = 'x-amz-meta-';
const keptHeaders = ['content-type', 'cache-control', 'content-disposition', 'content-language', 'expires'];

/** The headers of an upload that come back with the object. @throws AwsError MetadataTooLarge */
export function headersToKeep(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  let metadata = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    if (name.startsWith(metadataPrefix)) metadata += name.length - metadataPrefix.length + value.length;
    if (name.startsWith(metadataPrefix) || keptHeaders.includes(name)) kept[name] = value;
  }
  if (metadata > maxMetadataBytes) throw s3Error('MetadataTooLarge');
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',');
  return encoding === '' ? kept : { ...kept, 'content-encoding': encoding };
}

/** The conditions of a write: `If-None-Match: *` for a key not taken, `If-Match` for a known state of it. */
export function writeCondition(headers: IncomingHttpHeaders): (existing: ObjectInfo | undefined) => void {
  const { 'if-none-match': noneMatch, 'if-match': match } = headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw s3Error('NotImplemented', 'If-None-Match of a write can only be *.');
  }
  return (existing) => {
    if (noneMatch && existing) throw s3Error('PreconditionFailed');
    if (match && !existing) throw s3Error('NoSuchKey');
    if (match && existing && !matches(match, existing)) throw s3Error('PreconditionFailed');
  };
}

/** PutObject */
export async function putObject(bucket: Bucket, request: S3Request): Promise<LocalResponse> {
  const { key, body, headers, checksums } = request;
  const allowed = writeCondition(headers);
  const info = await bucket.write({ key, body, headers: headersToKeep(headers), checksums, allowed });
  return { status: 200, headers: { etag: info.etag, ...checksumHeaders(info) } };
}

/** GetObject and HeadObject */
export async function getObject(bucket: Bucket, request: S3Request): Promise<LocalResponse> {
  const { headers, query, method } = request;
  const object = await objectToRead(bucket, request);
  const { info } = object;
  if (headers['if-match'] && !matches(headers['if-match'], info)) throw s3Error('PreconditionFailed');
  if (headers['if-none-match'] && matches(headers['if-none-match'], info)) {
    return { status: 304, headers: { etag: info.etag } };
  }
  const range = byteRange(headers.range, info.size);
  const { start, end } = range ?? { start: 0, end: info.size };
  return {
    status: range ? 206 : 200,
    headers: {
      'content-type': 'binary/octet-stream',
      ...info.headers,
      ...overriddenHeaders(query),
      etag: info.etag,
      'last-modified': new Date(info.lastModified).toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': String(end - start),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${info.size}` }),
      ...(!range && headers['x-amz-checksum-mode'] && checksumHeaders(info)),
    },
    ...(method === 'GET' && { body: object.body.subarray(start, end) }),
  };
}

/** DeleteObject */
export async function deleteObject(bucket: Bucket, { key }: S3Request): Promise<LocalResponse> {
  await bucket.delete(key);
  return { status: 204 };
}

/** CopyObject */
export async function copyObject(
  store: ObjectStore,
  bucket: Bucket,
  request: S3Request,
): Promise<LocalResponse> {
  const { key, headers } = request;
  const source = await copySource(store, request);
  const replace = headers['x-amz-metadata-directive'] === 'REPLACE';
  if (!replace && source.bucket === bucket && source.info.key === key) {
    throw s3Error('InvalidRequest', 'An object copied onto itself must get new metadata.');
  }
  const { etag, lastModified } = await bucket.write({
    ...source.info,
    key,
    body: source.body,
    headers: replace ? headersToKeep(headers) : source.info.headers,
    allowed: writeCondition(headers),
  });
  return xmlAnswer('CopyObjectResult', { ETag: etag, LastModified: new Date(lastModified).toISOString() });
}

/** The object that a copy is made of. @throws AwsError NoSuchBucket, NoSuchKey, PreconditionFailed */
export async function copySource(
  store: ObjectStore,
  { headers }: S3Request,
): Promise<StoredObject & { readonly bucket: Bucket }> {
  const [name = '', ...key] = decodedSource(headers).replace(/^\//, '').split('/');
  const bucket = store.bucket(name);
  const object = await bucket.read(key.join('/'));
  if (!object) throw s3Error('NoSuchKey');
  const { 'x-amz-copy-source-if-match': match, 'x-amz-copy-source-if-none-match': noneMatch } = headers;
  const holds =
    (match === undefined || matches(String(match), object.info)) &&
    (noneMatch === undefined || !matches(String(noneMatch), object.info));
  if (!holds) throw s3Error('PreconditionFailed');
  return { ...object, bucket };
}

async function objectToRead(bucket: Bucket, { method, key }: S3Request): Promise<StoredObject> {
  const info = bucket.info(key);
  const object = method === 'HEAD' ? info && { info, body: Buffer.alloc(0) } : await bucket.read(key);
  if (object) return object;
  throw s3Error('NoSuchKey');
}

function decodedSource(headers: IncomingHttpHeaders): string {
  const source = String(headers['x-amz-copy-source']);
  if (source.includes('?')) throw s3Error('NotImplemented', 'Versions are not available on this machine.');
  try {
    return decodeURIComponent(source);
  } catch {
    throw s3Error('InvalidArgument', 'Invalid copy source encoding.');
  }
}

/**
 * A presigned URL may say with which headers the object is to come: `response-content-type` and its like.
 * @throws AwsError InvalidArgument for what no header can hold
 */
function overriddenHeaders(query: URLSearchParams): Record<string, string> {
  const given = [...query].filter(([name]) => name.startsWith('response-'));
  if (!given.every(([, value]) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value)))
    throw s3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
  return Object.fromEntries(given.map(([name, value]) => [name.slice('response-'.length), value]));
}

function checksumHeaders(info: ObjectInfo): Record<string, string> {
  return Object.keys(info.checksums).length === 0
    ? {}
    : { ...info.checksums, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

function matches(condition: string, { etag }: ObjectInfo): boolean {
  const wanted = condition.split(',').map((one) => one.trim());
  return wanted.includes('*') || wanted.includes(etag) || wanted.includes(etag.replaceAll('"', ''));
}
