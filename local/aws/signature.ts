import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalRequest } from './canonical-request.ts';
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

/** What a request says about its own signature (Signature Version 4, in the header or in a presigned URL). */
export interface Signature {
  readonly presigned: boolean;
  readonly accessKeyId: string;
  /** date/region/service/aws4_request */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** As written: 20261123T190000Z. */
  readonly date: string;
  /** Seconds a presigned URL is good for. */
  readonly expires: number | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_S = 7 * 24 * 3600;

/**
 * Checks who signed a request ("Signature Version 4" in the IAM user guide), as AWS does: the key, the time
 * (15 minutes of skew; a presigned URL's own end), the signature and the body's hash. The signatures of an
 * `aws-chunked` body's chunks are S3's to check.
 * @throws SignatureError
 */
export function checkSignature(request: LocalRequest, credentials: Credentials, now = Date.now()): Signature {
  const signature = readSignature(request);
  if (signature.accessKeyId !== credentials.accessKeyId) {
    throw new SignatureError('unknown-key', 'The access key of this request is not the one in use here.');
  }
  checkTime(signature, now);
  const toSign = [
    ALGORITHM,
    signature.date,
    signature.scope,
    sha256(canonicalRequest(request, signature)),
  ].join('\n');
  const expected = hmac(signingKey(credentials.secretAccessKey, signature.scope), toSign);
  const given = Buffer.from(signature.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SignatureError(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  }
  const declared = request.headers['x-amz-content-sha256'];
  if (typeof declared === 'string' && /^[0-9a-f]{64}$/.test(declared) && declared !== sha256(request.body)) {
    throw new SignatureError(
      'payload',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  return signature;
}

/** The key that signs everything of one scope. */
export function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

/** @throws SignatureError if there is none, or not all of it */
export function readSignature({ headers, url }: LocalRequest): Signature {
  const query = url.searchParams;
  const header = headers.authorization;
  if (header === undefined && !query.has('X-Amz-Signature')) {
    throw new SignatureError('missing', 'The request is not signed.');
  }
  const presigned = header === undefined;
  const algorithm = presigned ? query.get('X-Amz-Algorithm') : header.split(' ')[0];
  const field = (name: string) =>
    (presigned ? query.get(`X-Amz-${name}`) : new RegExp(`[ ,]${name}=([^, ]+)`).exec(header)?.[1]) ?? '';
  const [accessKeyId = '', ...scope] = field('Credential').split('/');
  const signature: Signature = {
    presigned,
    accessKeyId,
    scope: scope.join('/'),
    signedHeaders: field('SignedHeaders').split(';').filter(Boolean),
    signature: field('Signature'),
    date: String((presigned ? query.get('X-Amz-Date') : headers['x-amz-date']) ?? ''),
    expires: presigned ? Number(query.get('X-Amz-Expires') ?? Number.NaN) : undefined,
  };
  const whole =
    algorithm === ALGORITHM &&
    scope.length === 4 &&
    signature.date.startsWith(`${scope[0]}T`) &&
    // Over HTTP/2 the SDK signs the host by its name there.
    (signature.signedHeaders.includes('host') || signature.signedHeaders.includes(':authority'));
  if (!whole) throw new SignatureError('incomplete', 'The authorization of this request is incomplete.');
  return signature;
}

function checkTime({ date, expires }: Signature, now: number): void {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const signed = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  if (Number.isNaN(signed)) throw new SignatureError('incomplete', 'The date of this request is not one.');
  if (signed - now > MAX_SKEW_MS || (expires === undefined && now - signed > MAX_SKEW_MS)) {
    throw new SignatureError('skewed', `Signature expired: ${date} is too far from the time here.`);
  }
  if (expires === undefined) return;
  if (!(expires >= 1 && expires <= MAX_EXPIRES_S)) {
    throw new SignatureError('incomplete', 'X-Amz-Expires must be between 1 and 604800 seconds.');
  }
  if (now > signed + expires * 1000) throw new SignatureError('expired', 'Request has expired');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
