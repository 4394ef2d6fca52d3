import type { LocalRequest, RequestHead } from './service.ts';
import { type Credentials, SignatureError } from './signature.ts';
import { checkVersion2, isVersion2 } from './signature-v2.ts';
import { checkVersion4 } from './signature-v4.ts';

/** How a request is held against its signature. */
export interface CheckOptions {
  /** The service that it must be signed for, e.g. `rekognition`; any when undefined. */
  readonly signingName?: string | undefined;
  /** The clock, in epoch milliseconds. */
  readonly now?: number;
  /** The same by another clock that a caller may go by, when there are two. */
  readonly orNow?: number;
}

/**
 * Checks who signed a request, as AWS does.
 * @throws SignatureError; AwsError IncompleteBody for an `aws-chunked` body that is not of that form
 */
export function checkSignature(
  request: LocalRequest,
  credentials: Credentials,
  options?: CheckOptions,
): void {
  checkHead(request, credentials, options)(request.body);
}

/**
 * Checks who signed a request as far as its head tells, so that no stranger's body is read.
 * @returns checks the body when it is there; throws as `checkSignature` does
 * @throws SignatureError
 */
export function checkHead(
  head: RequestHead,
  credentials: Credentials,
  { signingName, now = Date.now(), orNow = now }: CheckOptions = {},
): (body: Buffer) => void {
  try {
    return checkHeadAt(head, credentials, now, signingName);
  } catch (error) {
    const isTime = error instanceof SignatureError && (error.fault === 'skewed' || error.fault === 'expired');
    if (!isTime || orNow === now) throw error;
    return checkHeadAt(head, credentials, orNow, signingName);
  }
}

function checkHeadAt(
  head: RequestHead,
  credentials: Credentials,
  now: number,
  signingName: string | undefined,
): (body: Buffer) => void {
  if (signingName !== 's3' || !isVersion2(head)) return checkVersion4(head, credentials, now, signingName);
  checkVersion2(head, credentials, now);
  return () => {};
}
