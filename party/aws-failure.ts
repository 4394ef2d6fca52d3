/** Why AWS did not do what it was asked for. */
export type AwsFailure =
  /** The caller's role may not; `forbidden` when a policy of the account or the organisation says so. */
  | { readonly why: 'not permitted' | 'forbidden'; readonly action: string }
  /** The service is not open to the account: not activated yet, suspended, or without that service. */
  | { readonly why: 'account refused' }
  /** Too many calls, or a fault of AWS's own. */
  | { readonly why: 'busy' }
  /** The line broke, or no answer came in time. */
  | { readonly why: 'no answer' };

/** An error that is a service's answer, as the SDK makes it. */
export interface ServiceError extends Error {
  readonly $fault: 'client' | 'server';
}

/** Names of errors that say that somebody may not do something. Each service has its own. */
const denials: readonly string[] = [
  'AccessDeniedException',
  'AccessDenied',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorizedException',
  'SubscriptionRequiredException',
  'OptInRequired',
];

/** Names by which services say that they are asked too often. Each service has its own. */
const throttles =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceeded|LimitExceeded)/;

/** What Node and the SDK call a connection that failed. */
const lost =
  /^(TimeoutError|RequestTimeout|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)/;

/** How IAM always begins when a caller lacks a permission (IAM User Guide, "access denied error messages"). */
const ofPermissions = /not authorized to perform:?\s+([\w-]+:\w+)/i;
/** What it adds when a policy of the account or the organisation says no, rather than none saying yes. */
const ofPolicies = /explicit deny|service control policy|permissions boundary/i;

export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && '$fault' in error;
}

/** Whether a service says that this caller, or this account, may not use it. */
export const isDenial = ({ name }: ServiceError): boolean => denials.includes(name);

/** The action that the caller lacks (`rekognition:IndexFaces`), and whether a policy forbids it. */
export function deniedAction({
  message,
}: ServiceError): { readonly action: string; readonly explicitly: boolean } | undefined {
  const [, action] = ofPermissions.exec(message) ?? [];
  return action === undefined ? undefined : { action, explicitly: ofPolicies.test(message) };
}

/** @returns undefined for whatever is no failure of AWS that people could do something about */
export function awsFailureOf(error: unknown): AwsFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, code = '' } = error as Error & { readonly code?: string };
  if (!isServiceError(error))
    return '$metadata' in error && (lost.test(name) || lost.test(code)) ? { why: 'no answer' } : undefined;
  const denied = deniedAction(error);
  if (denied) return { why: denied.explicitly ? 'forbidden' : 'not permitted', action: denied.action };
  if (isDenial(error)) return { why: 'account refused' };
  return throttles.test(name) || error.$fault === 'server' ? { why: 'busy' } : undefined;
}
