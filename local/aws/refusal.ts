import { AwsError } from './protocol/aws-error.ts';
import { jsonError } from './protocol/json-answer.ts';
import type { LocalRequest, LocalResponse, Service } from './service.ts';
import type { SignatureError, SignatureFault } from './signature.ts';

/** A service's error type and HTTP status for each fault of a signature. */
type Words = Readonly<Record<SignatureFault, readonly [type: string, status: number]>>;

const JSON_WORDS: Words = {
  missing: ['MissingAuthenticationTokenException', 403],
  incomplete: ['IncompleteSignatureException', 403],
  'unknown-key': ['UnrecognizedClientException', 403],
  mismatch: ['InvalidSignatureException', 403],
  skewed: ['InvalidSignatureException', 403],
  expired: ['InvalidSignatureException', 403],
  payload: ['InvalidSignatureException', 403],
};

/** Services of the query protocol (SNS). */
const QUERY_WORDS: Words = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
  skewed: ['RequestExpired', 400],
  expired: ['RequestExpired', 400],
  payload: ['SignatureDoesNotMatch', 403],
};

const S3_WORDS: Words = {
  missing: ['AccessDenied', 403],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
  skewed: ['RequestTimeTooSkewed', 403],
  expired: ['AccessDenied', 403],
  payload: ['XAmzContentSHA256Mismatch', 400],
};

/** A request refused for its signature, in the words and the form of the service that it was for. */
export function refuseSignature(
  error: SignatureError,
  service: Service,
  request: LocalRequest,
): LocalResponse {
  const name = service.name.toLowerCase();
  const words = name === 's3' ? S3_WORDS : name === 'sns' ? QUERY_WORDS : JSON_WORDS;
  const [type, status] = words[error.fault];
  const refusal = new AwsError(type, error.message, status, { cause: error });
  return service.refuse ? service.refuse(refusal, request) : jsonError(refusal);
}
