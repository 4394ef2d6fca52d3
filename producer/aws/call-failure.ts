/** What an AWS call's failure means. */
export type CallFailure = 'busy' | 'refused' | 'missing' | 'away' | 'time';

/**
 * Names of errors that say: fewer calls. Source: the services' API references and the SDK's own list of throttling
 * errors.
 */
const busy =
  /^(Throttl|ProvisionedThroughputExceeded|(Client|Connection)?LimitExceeded|SlowDown|TooManyRequests|RequestLimitExceeded)/;

/** Names of errors that say: the signature's time is not now. */
const time = /^(RequestTimeTooSkewed|RequestExpired|InvalidSignature|SignatureDoesNotMatch)/;

/** Names of errors that say: the thing named does not exist. */
const missing = /^(ResourceNotFound|NoSuchBucket|NotFound)/;

/**
 * Why a call of AWS failed, after the SDK has tried it some times: `busy` and `away` pass by themselves (a throttle,
 * the internet, AWS's own trouble), the others do not.
 */
export function callFailureOf(error: unknown): CallFailure {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (busy.test(name)) return 'busy';
  if (time.test(name)) return 'time';
  if (missing.test(name)) return 'missing';
  if (name === 'CredentialsProviderError') return 'refused';
  const status = $metadata?.httpStatusCode ?? 500;
  return status >= 400 && status < 500 ? 'refused' : 'away';
}

/** Whether the same call may succeed a little later. */
export const passes = (failure: CallFailure): boolean => failure === 'busy' || failure === 'away';
