import type { Signature } from './authorization.ts';
import { decodeChunked } from './s3/chunked-body.ts';
import { checkEqual, hmac, sha256 } from './signature.ts';

const ofChunk = 'AWS4-HMAC-SHA256-PAYLOAD';
const trailersAlgorithm = 'AWS4-HMAC-SHA256-TRAILER';
const trailerSignature = 'x-amz-trailer-signature';

/**
 * Checks the signatures of an `aws-chunked` body ("Signature calculations for the authorization header:
 * transferring payload in multiple chunks", S3 API reference). Each chunk's covers the one before it; the first
 * follows on the request's own, and the trailers' on that of the last chunk, which is empty.
 * @throws SignatureError; AwsError IncompleteBody for a body that is not of this form
 */
export function checkChunks(wrapped: Buffer, { date, scope, signature }: Signature, key: Buffer): void {
  let previous = signature;
  const check = (algorithm: string, hashes: readonly string[], given: string): void => {
    checkEqual(
      hmac(key, [algorithm, date, scope, previous, ...hashes].join('\n')),
      Buffer.from(given, 'hex'),
    );
    previous = given;
  };
  const { chunks, trailers } = decodeChunked(wrapped);
  for (const { bytes, signature: given } of chunks) check(ofChunk, [sha256(''), sha256(bytes)], given);
  const { [trailerSignature]: ofTrailers = '', ...signed } = trailers;
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  if (lines.length > 0) check(trailersAlgorithm, [sha256(lines.join(''))], ofTrailers);
}
