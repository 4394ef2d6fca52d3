import { awsFailureOf, passesByItself } from '../aws-failure.ts';
import { NotYetError } from '../errors.ts';

/** Whether a recognition's start that failed may still come by itself: it is not on yet, or AWS is busy or away. */
export function isPassing(error: unknown): boolean {
  if (error instanceof NotYetError) return true;
  const failure = awsFailureOf(error);
  return failure !== undefined && passesByItself(failure);
}
