import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RequestHead } from './service.ts';

/** A pair of keys that is known on this machine. Not a secret: it only keeps strangers' pages out. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Why a signature is refused; each service has its own words for these. */
export type SignatureFault =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'mismatch'
  | 'skewed'
  | 'expired'
  | 'unsigned-header'
  | 'payload';

/** A request that is not signed by someone who knows the keys. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** The service that a request says it is signed for, as its credential's scope has it; undefined if it says none. */
export function signedFor(request: RequestHead): string | undefined {
  return credentialOf(request)?.split('/')[3];
}

/** Whose access key a request says it is signed with; undefined if it says none. Nothing is checked. */
export function signedWith(request: RequestHead): string | undefined {
  return credentialOf(request)?.split('/')[0] ?? request.url.searchParams.get('AWSAccessKeyId') ?? undefined;
}

/** Key id, date, Region and service, as they stand in the header or in a presigned URL. */
function credentialOf({ headers, url }: RequestHead): string | undefined {
  return (
    /Credential=([^, ]+)/.exec(headers.authorization ?? '')?.[1] ??
    url.searchParams.get('X-Amz-Credential') ??
    undefined
  );
}

/** @throws SignatureError */
export function checkKey(accessKeyId: string, credentials: Credentials): void {
  if (accessKeyId === credentials.accessKeyId) return;
  throw new SignatureError('unknown-key', 'The access key of this request is not the one in use here.');
}

/** Compares in a time that tells nothing. @throws SignatureError */
export function checkEqual(expected: Buffer, given: Buffer): void {
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new SignatureError(
    'mismatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  );
}

/** In hex. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** HMAC with SHA-256. */
export function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
