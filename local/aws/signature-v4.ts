import { readSignature, type Signature, signatureAlgorithm } from './authorization.ts';
import { canonicalRequest, declaredHash } from './canonical-request.ts';
import { checkChunks } from './chunk-signatures.ts';
import type { RequestHead } from './service.ts';
import { type Credentials, checkEqual, checkKey, hmac, SignatureError, sha256 } from './signature.ts';

const maxSkewMs = 15 * 60_000;
const maxExpiresS = 7 * 24 * 3600;

/**
 * Checks a Signature Version 4 ("AWS Signature Version 4 for API requests", IAM user guide) as far as that can be done
 * before the body is there: the key, the time (15 minutes of skew; a presigned URL's own end), and the signature, if
 * the request declares its body's hash.
 * @param signingName the service that it must be signed for, when that is to be checked
 * @returns checks the rest: the body's hash, or its chunks' signatures; throws as this does, and AwsError
 * IncompleteBody for chunks that are none
 * @throws SignatureError
 */
export function checkVersion4(
  request: RequestHead,
  credentials: Credentials,
  now: number,
  signingName: string | undefined,
): (body: Buffer) => void {
  const signature = readSignature(request);
  checkKey(signature.accessKeyId, credentials);
  const { date, scope } = signature;
  const [, , service] = scope.split('/');
  if (signingName !== undefined && service !== signingName) {
    throw new SignatureError('mismatch', `Credential should be scoped to correct service: '${signingName}'.`);
  }
  checkTime(signature, now);
  if (service === 's3') checkAllSigned(request, signature);
  const key = signingKey(credentials.secretAccessKey, scope);
  const checkSigned = (payloadHash: string): void => {
    const canonical = canonicalRequest(request, signature, payloadHash);
    const toSign = [signatureAlgorithm, date, scope, sha256(canonical)].join('\n');
    checkEqual(hmac(key, toSign), Buffer.from(signature.signature, 'hex'));
  };
  const declared = declaredHash(request, signature);
  if (declared === undefined) return (body) => checkSigned(sha256(body));
  checkSigned(declared);
  return (body) => checkPayload(request, body, signature, key);
}

function checkTime({ date, expires }: Signature, now: number): void {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const signed = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
  if (Number.isNaN(signed)) throw new SignatureError('incomplete', 'The date of this request is not one.');
  if (signed - now > maxSkewMs) {
    const latest = `${basicTime(now + maxSkewMs)} (${basicTime(now)} + 15 min.)`;
    throw new SignatureError('skewed', `Signature not yet current: ${date} is still later than ${latest}`);
  }
  if (expires === undefined && now - signed > maxSkewMs) {
    const earliest = `${basicTime(now - maxSkewMs)} (${basicTime(now)} - 15 min.)`;
    throw new SignatureError('skewed', `Signature expired: ${date} is now earlier than ${earliest}`);
  }
  if (expires === undefined) return;
  if (!(expires >= 1 && expires <= maxExpiresS)) {
    throw new SignatureError('incomplete', 'X-Amz-Expires must be between 1 and 604800 seconds.');
  }
  if (now > signed + expires * 1000) throw new SignatureError('expired', 'Request has expired');
}

/** As signatures write it: 20261123T190000Z. */
function basicTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** S3 takes no `x-amz-` header that is not signed: put to a presigned URL, it would ask for something else. */
function checkAllSigned({ headers }: RequestHead, { signedHeaders }: Signature): void {
  const unsigned = Object.keys(headers).filter(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  // A presigned URL has it signed as it stands there: UNSIGNED-PAYLOAD when it says nothing.
  const harmful = unsigned.filter((name) => name !== 'x-amz-content-sha256');
  if (harmful.length === 0) return;
  throw new SignatureError(
    'unsigned-header',
    `There were headers present in the request which were not signed: ${harmful.join(', ')}`,
  );
}

function checkPayload({ headers }: RequestHead, body: Buffer, signature: Signature, key: Buffer): void {
  const declared = headers['x-amz-content-sha256'];
  if (typeof declared !== 'string') return;
  if (/^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/.test(declared)) {
    checkChunks(body, signature, key);
  } else if (/^[0-9a-f]{64}$/.test(declared) && declared !== sha256(body)) {
    throw new SignatureError(
      'payload',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
}

/** So many are remembered: a caller has one for each day and service. */
const mostKeys = 100;
const keys = new Map<string, Buffer>();

/** The key that signs everything of one scope. */
function signingKey(secret: string, scope: string): Buffer {
  const name = `${secret} ${scope}`;
  const known = keys.get(name);
  if (known) return known;
  if (keys.size >= mostKeys) keys.clear();
  const key = scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
  keys.set(name, key);
  return key;
}
