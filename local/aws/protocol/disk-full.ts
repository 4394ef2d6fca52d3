import { AwsError } from './aws-error.ts';

/**
 * Nothing more can be kept on this machine. AWS's own services are never full; the status is HTTP's (RFC 4918, "507
 * Insufficient Storage"), which no client tries again by itself.
 */
export function diskFull(cause?: unknown): AwsError {
  return new AwsError('InsufficientStorage', 'The disk of this machine is full.', 507, { cause });
}
