import type { IncomingHttpHeaders } from 'node:http';
import type { LocalRequest } from '../service.ts';
import { checkedChecksums } from './checksum.ts';
import { decodeChunked } from './chunked-body.ts';
import { s3Error } from './s3-error.ts';

/** A request as S3 reads it. */
export interface S3Request {
  readonly method: string;
  /** Empty for the list of buckets. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Without its `aws-chunked` wrapping; its checksums were checked. */
  readonly body: Buffer;
  /** The checksums that came with the body, by header; those of a list of parts are not of it. */
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * Parameters that the operations here read. A request with any other (`?acl`, `?versioning`) asks for something
 * else, and must not be taken for a plain one.
 */
const read =
  /^(list-type|prefix|delimiter|max-keys|marker|continuation-token|start-after|encoding-type|fetch-owner|max-buckets|bucket-region|location|uploads|uploadId|partNumber|delete|key-marker|upload-id-marker|max-uploads|response-(cache-control|content-(disposition|encoding|language|type)|expires))$/;
/** Parameters of the signature, and what the SDK adds to say which operation it is and how it checks. */
const unread =
  /^(AWSAccessKeyId|Signature|Expires|content-(md5|type)|x-(id|amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|checksum-mode|sdk-checksum-algorithm)))$/i;

/** What an `aws-chunked` body is declared as; its chunks' signatures, if it has any, were checked. */
const chunked = /^STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?)$/;

/**
 * Reads a path-style request.
 * @throws AwsError NotImplemented, IncompleteBody, BadDigest
 */
export function readS3Request({ method, target, url, headers, body: wrapped }: LocalRequest): S3Request {
  const unknown = [...url.searchParams.keys()].find((name) => !read.test(name) && !unread.test(name));
  if (unknown !== undefined)
    throw s3Error('NotImplemented', `S3's '?${unknown}' is not available on this machine.`);
  // Not the URL's pathname: that has lost `.` and `..`, which are as good as any other part of a key.
  const [bucket = '', ...key] = (target.split('?')[0] ?? '').slice(1).split('/').map(decodePart);
  const { body, trailers } = unwrap(headers, wrapped);
  // Those of CompleteMultipartUpload are of the object, not of the list of its parts.
  const ofBody = !(method === 'POST' && url.searchParams.has('uploadId'));
  const checksums = ofBody ? checkedChecksums({ ...trailers, ...headers }, body) : {};
  return { method, bucket, key: key.join('/'), query: url.searchParams, headers, body, checksums };
}

function unwrap(headers: IncomingHttpHeaders, wrapped: Buffer) {
  const declared = String(headers['x-amz-content-sha256'] ?? '');
  if (!declared.startsWith('STREAMING-')) return { body: wrapped, trailers: {} };
  if (!chunked.test(declared))
    throw s3Error('NotImplemented', `${declared} is not available on this machine.`);
  const { chunks, trailers } = decodeChunked(wrapped);
  const body = Buffer.concat(chunks.map(({ bytes }) => bytes));
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== body.length) throw s3Error('IncompleteBody');
  return { body, trailers };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw s3Error('InvalidArgument', "Couldn't parse the specified URI.");
  }
}
