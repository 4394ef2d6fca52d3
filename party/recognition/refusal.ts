import { deniedAction, isDenial, isServiceError, type ServiceError } from '../aws-failure.ts';
import { RecognitionError } from '../errors.ts';
import { videoText as text } from './video.text.ts';

/** AWS does not let this account use face search in streaming video at all. */
export class AccountRefusedError extends RecognitionError {}

/** What became of a call, where trying again or looking again is the answer. */
export type Outcome = 'done' | 'in use' | 'not there' | 'busy';

const outcomes: Readonly<Record<string, Outcome>> = {
  ResourceInUseException: 'in use',
  ResourceNotFoundException: 'not there',
  ThrottlingException: 'busy',
  // Stop is limited to one call a second (Rekognition endpoints and quotas).
  ProvisionedThroughputExceededException: 'busy',
};

/**
 * In which words AWS tells an account that it may not use this feature is not known; of others that it closed it
 * speaks in these.
 */
const notForThisAccount = /(not|no longer) (available|enabled|supported|eligible|accepting)/i;
const ofCustomers = /(new|existing) customers/i;

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
  const denied = deniedAction(error);
  if (denied) {
    const words = denied.explicitly ? text.forbidden : text.notPermitted;
    throw new RecognitionError(words(denied.action), { cause: error });
  }
  if (/LimitExceeded|QuotaExceeded/.test(name))
    throw new RecognitionError(text.limit(message), { cause: error });
  if (isDenial(error) || saysNotForThisAccount(error))
    throw new AccountRefusedError(text.accountRefused, { cause: error });
  throw new RecognitionError(text.other(message || name), { cause: error });
}

/** Whatever the error is called. Of wrong parameters AWS speaks too: those must not be taken for it. */
function saysNotForThisAccount({ name, message }: ServiceError): boolean {
  return ofCustomers.test(message) || (!/Parameter/.test(name) && notForThisAccount.test(message));
}
