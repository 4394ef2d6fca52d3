import { createHmac } from 'node:crypto';
import type { RequestHead } from './service.ts';
import { type Credentials, checkEqual, checkKey, SignatureError } from './signature.ts';

/** What a query may say that is signed too ("Signing and authenticating REST requests", S3 user guide). */
const signedQuery = new Set([
  ...['acl', 'cors', 'delete', 'lifecycle', 'location', 'logging', 'notification', 'object-lock'],
  ...['partNumber', 'policy', 'replication', 'requestPayment', 'restore', 'tagging', 'torrent'],
  ...['uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website'],
  ...['response-cache-control', 'response-content-disposition', 'response-content-encoding'],
  ...['response-content-language', 'response-content-type', 'response-expires'],
]);

/**
 * Whether a request is a presigned URL of Signature Version 2. boto3 and the `aws` command still presign with it
 * in us-east-1 unless they are told otherwise; nothing else here is signed so.
 */
export function isVersion2({ headers, url }: RequestHead): boolean {
  return headers.authorization === undefined && url.searchParams.has('AWSAccessKeyId');
}

/** Checks a presigned URL of Signature Version 2: its key, its end and its signature. @throws SignatureError */
export function checkVersion2(request: RequestHead, credentials: Credentials, now: number): void {
  const query = request.url.searchParams;
  const expires = Number(query.get('Expires') || Number.NaN);
  const signature = query.get('Signature');
  if (!signature || !Number.isInteger(expires)) {
    throw new SignatureError(
      'missing',
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    );
  }
  checkKey(query.get('AWSAccessKeyId') ?? '', credentials);
  if (now > expires * 1000) throw new SignatureError('expired', 'Request has expired');
  const toSign = [
    request.method,
    header(request, 'content-md5'),
    header(request, 'content-type'),
    query.get('Expires'),
    ...amzHeaders(request),
    canonicalResource(request),
  ].join('\n');
  const expected = createHmac('sha1', credentials.secretAccessKey).update(toSign).digest();
  checkEqual(expected, Buffer.from(signature, 'base64'));
}

/** What travels with the URL goes before the header of that name. */
function header({ headers, url }: RequestHead, name: string): string {
  return url.searchParams.get(name) ?? String(headers[name] ?? '').trim();
}

function amzHeaders(request: RequestHead): string[] {
  const names = new Set([...Object.keys(request.headers), ...request.url.searchParams.keys()]);
  return [...names]
    .filter((name) => name.startsWith('x-amz-'))
    .sort()
    .map((name) => `${name}:${header(request, name)}`);
}

function canonicalResource({ target, url }: RequestHead): string {
  const signed = [...url.searchParams]
    .filter(([name]) => signedQuery.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const path = target.split('?')[0] ?? '/';
  return signed.length === 0 ? path : `${path}?${signed.join('&')}`;
}
