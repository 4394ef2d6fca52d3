import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClientLimitExceededException } from '@aws-sdk/client-kinesis-video-archived-media';
import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  RekognitionServiceException,
} from '@aws-sdk/client-rekognition';
import { type AwsFailure, awsFailureOf } from '../../party/aws-failure.ts';
import { NotYetError, RecognitionError } from '../../party/errors.ts';
import { isPassing } from '../../party/recognition/passing.ts';

const noMetadata = { $metadata: {} };

/** A service's answer, by its name. */
const said = (name: string, message = '', status = 400): Error =>
  new RekognitionServiceException({
    name,
    message,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });

/** A line that broke under a client of the SDK, as Node says it. */
const lost = (code: string, name = 'Error'): Error =>
  Object.assign(new Error(code), { name, code, $metadata: { attempts: 3 } });

const denied = 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: rekognition:IndexFaces';

type Why = AwsFailure['why'];
const errors: ReadonlyArray<readonly [string, unknown, Why | undefined]> = [
  ['a throttle', said('ThrottlingException'), 'busy'],
  ['a throttle of S3', said('SlowDown', '', 503), 'busy'],
  ['a throttle of Lambda', said('TooManyRequestsException', '', 429), 'busy'],
  [
    'a rate that is used up',
    new ProvisionedThroughputExceededException({ message: '', ...noMetadata }),
    'busy',
  ],
  ['a limit of what may go on at once', said('LimitExceededException'), 'busy'],
  [
    'too many calls of Kinesis Video',
    new ClientLimitExceededException({ message: '', ...noMetadata }),
    'busy',
  ],
  ['a quota of what may exist', said('ServiceQuotaExceededException'), undefined],
  ['a quota of video streams', said('AccountStreamLimitExceededException'), undefined],
  ['a fault of the service', new InternalServerError({ message: '', ...noMetadata }), 'busy'],
  ['a service that is away', said('ServiceUnavailable', '', 503), 'busy'],
  ['a role that may not', said('AccessDeniedException', denied), 'not permitted'],
  ['a policy that forbids', said('AccessDeniedException', `${denied} with an explicit deny`), 'forbidden'],
  ['an account that may not', said('AccessDeniedException', 'Access denied.'), 'account refused'],
  ['a service never subscribed to', said('SubscriptionRequiredException'), 'account refused'],
  ['an account that is not activated', said('OptInRequired', '', 403), 'account refused'],
  ['a call that makes no sense', said('InvalidParameterException'), undefined],
  ['what is not there', said('ResourceNotFoundException'), undefined],
  ['no answer in time', lost('', 'TimeoutError'), 'no answer'],
  ['a line that was cut', lost('ECONNRESET'), 'no answer'],
  ['a name that nobody knows', lost('ENOTFOUND'), 'no answer'],
  ['a network that is gone', lost('ENETDOWN'), 'no answer'],
  ['a cut line of HTTP/2', lost('ERR_HTTP2_SESSION_ERROR'), 'no answer'],
  ['no credentials', lost('', 'CredentialsProviderError'), undefined],
  ['a line that is none of AWS’s', Object.assign(new Error('ECONNRESET'), { code: 'ECONNRESET' }), undefined],
  ['a fault of our own', new TypeError('undefined is not a function'), undefined],
  ['what is no error', 'ECONNRESET', undefined],
];

describe('why AWS did not do it, and whether that is over by itself:', () => {
  for (const [title, error, why] of errors)
    test(`${title} is ${why ?? 'nothing of AWS’s'}`, () => {
      assert.equal(awsFailureOf(error)?.why, why);
      assert.equal(isPassing(error), why === 'busy' || why === 'no answer');
    });
});

test('a recognition that is not on yet may still come, one that cannot start does not', () => {
  assert.ok(isPassing(new NotYetError('in a minute')));
  assert.ok(!isPassing(new RecognitionError('not in this account')));
});
