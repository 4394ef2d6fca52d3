import type { Fault } from './faulty-aws.ts';

/** How AWS says no, or nothing; of each kind the words that services have for it. */
export const refusals: Readonly<Record<string, Fault>> = {
  'a role that may not': {
    error: 'AccessDeniedException',
    message: 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: some:Action',
  },
  'an account that may not': { error: 'AccessDeniedException', message: 'Access denied.' },
  'a service that was never subscribed to': { error: 'SubscriptionRequiredException' },
  'an account that is not activated yet': { error: 'OptInRequired', status: 403 },
  'too many calls': { error: 'ThrottlingException' },
  'no answer': 'hangs',
};
