import { AwsError } from './protocol/aws-error.ts';
import { jsonError } from './protocol/json-answer.ts';
import type { LocalResponse, RequestHead, Service } from './service.ts';
import type { SignatureError, SignatureFault } from './signature.ts';

/** A service's error type and HTTP status for each fault of a signature. */
type Words = Readonly<Record<SignatureFault, readonly [type: string, status: number]>>;

const jsonWords: Words = {
  missing: ['MissingAuthenticationTokenException', 403],
  incomplete: ['IncompleteSignatureException', 403],
  'unknown-key': ['UnrecognizedClientException', 403],
  mismatch: ['InvalidSignatureException', 403],
  skewed: ['InvalidSignatureException', 403],
  expired: ['InvalidSignatureException', 403],
  'unsigned-header': ['InvalidSignatureException', 403],
  payload: ['InvalidSignatureException', 403],
};

/** Services of the query protocol (SNS). */
const queryWords: Words = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
  skewed: ['SignatureDoesNotMatch', 403],
  expired: ['SignatureDoesNotMatch', 403],
  'unsigned-header': ['SignatureDoesNotMatch', 403],
  payload: ['SignatureDoesNotMatch', 403],
};

const s3Words: Words = {
  missing: ['AccessDenied', 403],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
  skewed: ['RequestTimeTooSkewed', 403],
  expired: ['AccessDenied', 403],
  'unsigned-header': ['AccessDenied', 403],
  payload: ['XAmzContentSHA256Mismatch', 400],
};

const wordsOf: Readonly<Record<string, Words>> = { s3: s3Words, sns: queryWords };

/** A request refused for its signature, in the words and the form of the service that it was for. */
export function refuseSignature(
  error: SignatureError,
  service: Service,
  request: RequestHead,
): LocalResponse {
  const words = wordsOf[service.signingName] ?? jsonWords;
  const [type, status] = words[error.fault];
  const refusal = new AwsError(type, error.message, status, { cause: error });
  return service.refuse ? service.refuse(refusal, request) : jsonError(refusal);
}
