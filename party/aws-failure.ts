import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

/** Any error of a client, as the SDK sees it. */
type SdkError = Parameters<typeof isThrottlingError>[0];

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

/** Kinesis Video's own words for too many calls (its API reference); the SDK knows those of the other services. */
const throttledByVideo = /^(Client|Connection)LimitExceededException$/;

/** What a connection says that failed, besides what the SDK takes for that. */
const lost = /^E(CONN|PIPE|AI_AGAIN|TIMEDOUT|NOTFOUND|HOST|NET)|^ERR_HTTP2_/;

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

/**
 * Why a call of an SDK's client failed.
 *
 * @returns undefined for whatever is no failure of AWS that people could do something about, and for what no client of
 * the SDK threw: a line to Telegram is none to AWS
 */
export function awsFailureOf(error: unknown): AwsFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!isServiceError(error)) return isLost(error) ? { why: 'no answer' } : undefined;
  const denied = deniedAction(error);
  if (denied) return { why: denied.explicitly ? 'forbidden' : 'not permitted', action: denied.action };
  if (isDenial(error)) return { why: 'account refused' };
  return isBusy(error) ? { why: 'busy' } : undefined;
}

/** Whether the same call may succeed a little later, with nobody doing anything. */
export const passesByItself = ({ why }: AwsFailure): boolean => why === 'busy' || why === 'no answer';

/**
 * As the SDK itself decides whether to try again. `LimitExceededException` is among its throttles: of what the house
 * asks for, it is said by services that are asked too often, or for too much at once.
 */
function isBusy(error: ServiceError): boolean {
  const asSdk = error as SdkError;
  return (
    error.$fault === 'server' ||
    isThrottlingError(asSdk) ||
    isTransientError(asSdk) ||
    isServerError(asSdk) ||
    throttledByVideo.test(error.name)
  );
}

/** Every client of the SDK leaves its mark on what it throws, `$metadata`: how often it tried. */
function isLost(error: Error & { readonly code?: unknown }): boolean {
  return '$metadata' in error && (isTransientError(error as SdkError) || lost.test(String(error.code ?? '')));
}
