import type { LocalResponse } from '../service.ts';
import type { XmlValue } from '../xml.ts';
import type { Bucket } from './bucket.ts';
import { countIn, xmlAnswer } from './bucket-operations.ts';
import { type ListRequest, listPage } from './listing.ts';
import type { ObjectInfo } from './object-file.ts';
import type { S3Request } from './s3-request.ts';

const maxKeys = 1000;

/** ListObjects and, when the query says `list-type=2`, ListObjectsV2 */
export function listObjects(bucket: Bucket, request: S3Request): LocalResponse {
  return request.query.get('list-type') === '2'
    ? listVersion2(bucket, request)
    : listVersion1(bucket, request);
}

function listVersion2(bucket: Bucket, { query }: S3Request): LocalResponse {
  const token = query.get('continuation-token');
  const request = listRequest(query, token === null ? query.get('start-after') : fromToken(token));
  const page = listPage(bucket.list(), request);
  const encode = encodingOf(query);
  return xmlAnswer('ListBucketResult', {
    ...common(bucket, request, query),
    StartAfter: encoded(query.get('start-after'), encode),
    ContinuationToken: token ?? undefined,
    KeyCount: page.contents.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    NextContinuationToken: page.next === undefined ? undefined : toToken(page.next),
    Contents: page.contents.map((info) => listed(info, encode)),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  });
}

/** The next page begins after its last key, which is named apart only where that may be a common prefix. */
function listVersion1(bucket: Bucket, { query }: S3Request): LocalResponse {
  const request = listRequest(query, query.get('marker'));
  const page = listPage(bucket.list(), request);
  const encode = encodingOf(query);
  return xmlAnswer('ListBucketResult', {
    ...common(bucket, request, query),
    Marker: encode(request.after),
    NextMarker: page.next === undefined || request.delimiter === '' ? undefined : encode(page.next),
    IsTruncated: page.next !== undefined,
    Contents: page.contents.map((info) => listed(info, encode)),
    CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  });
}

function listRequest(query: URLSearchParams, after: string | null): ListRequest {
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: after ?? '',
    maxKeys: countIn(query, 'max-keys', maxKeys),
  };
}

/** What both versions say of the request. */
function common(bucket: Bucket, { prefix, delimiter, maxKeys }: ListRequest, query: URLSearchParams) {
  const encode = encodingOf(query);
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: encoded(delimiter || null, encode),
    MaxKeys: maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
  };
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

/** How keys are written: as they are, or percent-encoded, since XML cannot hold every character. */
export function encodingOf(query: URLSearchParams): (key: string) => string {
  if (query.get('encoding-type') !== 'url') return (key) => key;
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/');
}

function encoded(text: string | null, encode: (key: string) => string): string | undefined {
  return text === null ? undefined : encode(text);
}

function toToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function fromToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
