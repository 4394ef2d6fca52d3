import type { LocalRequest } from './service.ts';
import type { Credentials } from './signature.ts';
import { checkVersion2, isVersion2 } from './signature-v2.ts';
import { checkVersion4 } from './signature-v4.ts';

/** How a request is held against its signature. */
export interface CheckOptions {
  /** The service that it must be signed for, e.g. `rekognition`; any when undefined. */
  readonly signingName?: string | undefined;
  /** The clock, in epoch milliseconds. */
  readonly now?: number;
}

/**
 * Checks who signed a request, as AWS does.
 * @throws SignatureError; AwsError IncompleteBody for an `aws-chunked` body that is not of that form
 */
export function checkSignature(
  request: LocalRequest,
  credentials: Credentials,
  { signingName, now = Date.now() }: CheckOptions = {},
): void {
  if (signingName === 's3' && isVersion2(request)) checkVersion2(request, credentials, now);
  else checkVersion4(request, credentials, now, signingName);
}
