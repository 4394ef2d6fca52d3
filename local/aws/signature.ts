import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LocalRequest } from './service.ts';

/** The one pair of keys that is known on this machine. Not a secret: it only keeps strangers' pages out. */
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
export function signedFor({ headers, url }: LocalRequest): string | undefined {
  const credential =
    /Credential=([^, ]+)/.exec(headers.authorization ?? '')?.[1] ?? url.searchParams.get('X-Amz-Credential');
  return credential?.split('/')[3];
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
