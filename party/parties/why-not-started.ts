import { type AwsFailure, awsFailureOf } from '../aws-failure.ts';
import { RecognitionError } from '../errors.ts';

/** Why a party has not started. Of what nobody foresaw there is neither. */
export interface WhyNotStarted {
  /** In words for the host, where the recognition has some. */
  readonly reason?: string;
  /** Why AWS did not do it. */
  readonly aws?: AwsFailure;
}

/** What an error of the recognition's or of AWS's says of that. */
export function whyNotStarted(error: unknown): WhyNotStarted {
  if (error instanceof RecognitionError) return { reason: error.message };
  const aws = awsFailureOf(error);
  return aws ? { aws } : {};
}
