import type { AwsFailure } from '../party/aws-failure.ts';

/** What people read when something went wrong that nobody foresaw. */
export const failureText = {
  unknown: 'Something went wrong on my side. Try again in a minute.',
  storageFull: 'I couldn’t keep that: the disk is full. Please free some space on it, then send it again.',
  failed: (reason: string): string => `I couldn’t do that: ${reason}`,
  comesAgain: (reason: string): string => `I couldn’t get to that yet: ${reason}`,
  unknownComesAgain: 'Something went wrong on my side. I keep trying for a few minutes.',
  givenUp: 'I tried something you sent a few minutes ago, and it didn’t work. Please send it again.',
} as const;

const again = 'Try again in a minute.';
const byItself = 'I keep trying for a few minutes.';

/**
 * Why AWS did not do something, and what to do; it follows a colon.
 *
 * @param then what becomes of it when the trouble passes by itself; empty where that is said elsewhere
 */
export function awsReason(failure: AwsFailure, then: string = again): string {
  switch (failure.why) {
    case 'not permitted':
      return `my role in AWS may not do ${failure.action}. Run npm run deploy once more: it sets the permissions right.`;
    case 'forbidden':
      return `a policy of your AWS account or organization forbids ${failure.action}. Whoever looks after the account can allow it.`;
    case 'account refused':
      return 'AWS refuses it to this account. If the account is new, wait a few hours; else npm run doctor says what to do.';
    case 'busy':
      return `AWS is too busy. ${then}`.trimEnd();
    case 'no answer':
      return `AWS doesn’t answer. ${then}`.trimEnd();
  }
}

/** Words for what failed, whatever it was. */
export function failureWords(failure: AwsFailure | undefined): string {
  return failure ? failureText.failed(awsReason(failure)) : failureText.unknown;
}

/** The same for what is tried again without being sent again. */
export function laterWords(failure: AwsFailure | undefined): string {
  return failure ? failureText.comesAgain(awsReason(failure, byItself)) : failureText.unknownComesAgain;
}
