import { awsFailureOf, deniedAction, isServiceError } from '../../party/aws-failure.ts';
import { CommandError, StoppedError, UsageError } from '../errors.ts';
import { refusalText } from './refusals.text.ts';
import { expiredWords, signInWords } from './sign-in.ts';

/** What services answer when the credentials' time is over. */
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired']);
const wrongKeys = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
]);
/** What services answer to an account that may not use them (yet): "Common errors", and S3's own. */
const notActivated = new Set([
  'SubscriptionRequired',
  'SubscriptionRequiredException',
  'OptInRequired',
  'OptInRequiredException',
  'NotSignedUp',
]);
const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
]);
const clock = new Set(['RequestTimeTooSkewed', 'RequestInTheFuture']);
const noNetwork = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
]);

/** Any error as what a host is told. What is no refusal of AWS's keeps its own words. */
export function asCommandError(error: unknown): Error {
  if (error instanceof CommandError || error instanceof StoppedError || error instanceof UsageError)
    return error;
  const words = wordsOfAny(error);
  return new CommandError(words ?? (error instanceof Error ? error.message : String(error)), {
    cause: error,
  });
}

/** Whether an error is an answer of AWS's own to a caller whom it does not let in, whatever it was asked. */
export function isRefusal(error: unknown): boolean {
  return wordsFor(error) !== undefined && networkCode(error as Error) === undefined;
}

/** Whether there are words for a host for an error, or for what it comes from. */
export const isUnderstood = (error: unknown): boolean =>
  error instanceof CommandError || wordsOfAny(error) !== undefined;

/** Of an error or what it comes from: the CDK's toolkit wraps what AWS has said in an error of its own. */
function wordsOfAny(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return wordsFor(error) ?? wordsOfAny(error.cause);
}

function wordsFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (expired.has(name)) return expiredWords();
  // A sign-in whose time is over fails before anything is sent.
  if (isProviderError(name)) return signInWords(message);
  if (clock.has(name) || (name === 'InvalidSignatureException' && /expired|not yet current/i.test(message)))
    return refusalText.clock;
  if (name === 'SignatureDoesNotMatch' && /expired|not yet current/i.test(message)) return refusalText.clock;
  if (wrongKeys.has(name)) return refusalText.wrongKeys;
  if (isNotActivated(error)) return refusalText.notActivatedAtAll;
  if (denied.has(name) || isForbidden(error)) return deniedWords(error);
  if (/^Region is missing/.test(message)) return refusalText.noRegion;
  const code = networkCode(error);
  if (code !== undefined) return refusalText.unreachable(code);
  const failure = awsFailureOf(error);
  if (failure?.why === 'no answer') return refusalText.unreachable('no answer');
  return failure?.why === 'busy' ? refusalText.busy(name) : undefined;
}

/** Whether a service says that this account may not use it yet, whoever asks. */
export const isNotActivated = (error: unknown): boolean =>
  error instanceof Error && notActivated.has(error.name);

/** Whether AWS does not know the keys that a call was signed with. */
export const isUnknownKey = (error: unknown): boolean => error instanceof Error && wrongKeys.has(error.name);

/** Whether nothing says which account is meant, or where: there are no credentials, or there is no Region. */
export const namesNoAccount = (error: unknown): boolean =>
  error instanceof Error && (isProviderError(error.name) || /^Region is missing/.test(error.message));

/** The SDK's errors of finding credentials: CredentialsProviderError, TokenProviderError. */
const isProviderError = (name: string): boolean => /ProviderError$/.test(name);

/** S3's answer to a HEAD has no body that could say more than HTTP does. */
const isForbidden = (error: Error): boolean =>
  isServiceError(error) &&
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode === 403;

function deniedWords(error: Error): string {
  const action = isServiceError(error) ? deniedAction(error)?.action : undefined;
  if (action !== undefined) return refusalText.denied(action);
  const said = error.message === 'UnknownError' ? '' : error.message.replace(/\.$/, '');
  return refusalText.deniedWithoutAction(said || 'HTTP 403');
}

function networkCode(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && noNetwork.has(code)) return code;
  return error.name === 'TimeoutError' ? 'no answer' : undefined;
}
