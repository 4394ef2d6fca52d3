import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RekognitionServiceException } from '@aws-sdk/client-rekognition';
import { asCommandError } from '../../deploy/account/refusals.ts';

const said = (name: string, message: string, httpStatusCode: number): Error =>
  new RekognitionServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });

/** What AWS says, and what a host reads. */
const refused: ReadonlyArray<readonly [string, Error, RegExp]> = [
  [
    'a missing permission',
    said('AccessDeniedException', 'x is not authorized to perform: iam:CreateRole on y', 400),
    /^Your AWS user may not do this: iam:CreateRole\./,
  ],
  [
    'an account that is refused',
    said('AccessDeniedException', 'Access denied.', 400),
    /^AWS refuses this to your user, or to your account as a whole \(Access denied\)\./,
  ],
  [
    'a topic that is not theirs',
    said('AuthorizationErrorException', 'no', 403),
    /^AWS refuses this to your user/,
  ],
  ['an answer to HEAD, which has no body', said('Unknown', 'UnknownError', 403), /as a whole \(HTTP 403\)\./],
  [
    'too many calls',
    said('ThrottlingException', 'Rate exceeded', 400),
    /too busy.*\(ThrottlingException\)\. Wait a minute/,
  ],
  ['too many calls of Lambda', said('TooManyRequestsException', 'Rate exceeded', 429), /too busy/],
  [
    'no answer in time',
    Object.assign(new Error('no'), { name: 'TimeoutError', $metadata: {} }),
    /^AWS cannot be reached \(no answer\)/,
  ],
  [
    'what the CDK has wrapped',
    new Error('❌  MusicalJoy failed', { cause: said('SubscriptionRequiredException', 'no', 400) }),
    /^AWS does not let this account use one of the services/,
  ],
];

for (const [title, error, words] of refused)
  test(`whoever runs a command is told of ${title}`, () => {
    assert.match(asCommandError(error).message, words);
  });
