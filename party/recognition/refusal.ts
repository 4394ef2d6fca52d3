import { RecognitionError } from '../errors.ts';
import { videoText as text } from './video.text.ts';

/** AWS does not let this account use face search in streaming video at all. */
export class AccountRefusedError extends RecognitionError {}

/** What became of a call, where trying again or looking again is the answer. */
export type Outcome = 'done' | 'in use' | 'not there' | 'busy';

/** An error that is a service's answer, as the SDK makes it. */
interface ServiceError extends Error {
  readonly $fault: 'client' | 'server';
}

const outcomes: Readonly<Record<string, Outcome>> = {
  ResourceInUseException: 'in use',
  ResourceNotFoundException: 'not there',
  ThrottlingException: 'busy',
  // Stop is limited to one call a second (Rekognition endpoints and quotas).
  ProvisionedThroughputExceededException: 'busy',
};

/** Names of errors that say that somebody may not do something. Each service has its own. */
const denials: readonly string[] = [
  'AccessDeniedException',
  'AccessDenied',
  'NotAuthorizedException',
  'SubscriptionRequiredException',
  'OptInRequired',
];

/**
 * In which words AWS tells an account that it may not use this feature is not known; of others that it closed it
 * speaks in these.
 */
const notForThisAccount = /(not|no longer) (available|enabled|supported|eligible|accepting)/i;
const ofCustomers = /(new|existing) customers/i;

/** How IAM always begins when a caller lacks a permission (IAM User Guide, "access denied error messages"). */
const ofPermissions = /not authorized to perform:?\s+([\w-]+:\w+)/i;
/** What it adds when a policy of the account or the organisation says no, rather than none saying yes. */
const explicitly = /explicit deny|service control policy|permissions boundary/i;

/**
 * What became of a call that failed.
 *
 * @throws AccountRefusedError or RecognitionError with words for the host, when no other try would help
 * @throws the error itself, when it is no answer of a service: a connection that was lost
 */
export function outcomeOf(error: unknown): Outcome {
  if (!isServiceError(error)) throw error;
  const outcome = outcomes[error.name] ?? (error.$fault === 'server' ? 'busy' : undefined);
  if (outcome) return outcome;
  const { name, message } = error;
  const [, action] = ofPermissions.exec(message) ?? [];
  if (action) {
    const words = explicitly.test(message) ? text.forbidden : text.notPermitted;
    throw new RecognitionError(words(action), { cause: error });
  }
  if (/LimitExceeded|QuotaExceeded/.test(name))
    throw new RecognitionError(text.limit(message), { cause: error });
  if (denials.includes(name) || saysNotForThisAccount(error))
    throw new AccountRefusedError(text.accountRefused, { cause: error });
  throw new RecognitionError(text.other(message || name), { cause: error });
}

/** Whatever the error is called. Of wrong parameters AWS speaks too: those must not be taken for it. */
function saysNotForThisAccount({ name, message }: ServiceError): boolean {
  return ofCustomers.test(message) || (!/Parameter/.test(name) && notForThisAccount.test(message));
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && '$fault' in error;
}
