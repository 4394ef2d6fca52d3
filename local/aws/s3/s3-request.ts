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
  /** The checksums that came with the body, by header. */
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * Parameters that the operations here read. A request with any other (`?acl`, `?versioning`) asks for something
 * else, and must not be taken for a plain one.
 */
const READ =
  /^(list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|uploads|uploadId|partNumber|delete|response-.*)$/;
/** Parameters of the signature, and what the SDK adds to say which operation it is and how it checks. */
const UNREAD =
  /^x-(id|amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent|checksum-mode|sdk-checksum-algorithm))$/i;

/**
 * Reads a path-style request.
 * @throws AwsError NotImplemented, IncompleteBody, BadDigest
 */
export function readS3Request({ method, target, url, headers, body: wrapped }: LocalRequest): S3Request {
  const unknown = [...url.searchParams.keys()].find((name) => !READ.test(name) && !UNREAD.test(name));
  if (unknown !== undefined)
    throw s3Error('NotImplemented', `S3's '?${unknown}' is not available on this machine.`);
  // Not the URL's pathname: that has lost `.` and `..`, which are as good as any other part of a key.
  const [bucket = '', ...key] = (target.split('?')[0] ?? '').slice(1).split('/').map(decodePart);
  const { body, trailers } = unwrap(headers, wrapped);
  const checksums = checkedChecksums({ ...trailers, ...headers }, body);
  return { method, bucket, key: key.join('/'), query: url.searchParams, headers, body, checksums };
}

function unwrap(headers: IncomingHttpHeaders, wrapped: Buffer) {
  const declared = String(headers['x-amz-content-sha256'] ?? '');
  if (!declared.startsWith('STREAMING-')) return { body: wrapped, trailers: {} };
  if (!declared.startsWith('STREAMING-UNSIGNED-PAYLOAD')) {
    throw s3Error('NotImplemented', 'Chunks with signatures of their own are not available on this machine.');
  }
  const unwrapped = decodeChunked(wrapped);
  const length = headers['x-amz-decoded-content-length'];
  if (length !== undefined && Number(length) !== unwrapped.body.length) throw s3Error('IncompleteBody');
  return unwrapped;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw s3Error('InvalidArgument', "Couldn't parse the specified URI.");
  }
}
