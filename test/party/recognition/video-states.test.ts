import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateStreamProcessorCommand,
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  ListStreamProcessorsCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
  StopStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { Aws } from '../../../local/aws/aws.ts';
import { names } from '../../../local/environment.ts';
import { readConfig, type VideoConfig } from '../../../party/config.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { AccountRefusedError } from '../../../party/recognition/refusal.ts';
import { VideoRecognition } from '../../../party/recognition/video.ts';
import { createServices } from '../../../party/services.ts';
import { type Fault, type FaultyAws, startFaultyAws } from '../../support/faulty-aws.ts';
import { keptLog } from '../../support/log.ts';
import { openVideoAws } from './video-aws.ts';

const Name: string = names.videoStream;
let aws: Aws;
let faulty: FaultyAws;
/** Past the faults. */
let direct: RekognitionClient;

before(async () => {
  aws = await openVideoAws();
  await createServices(readConfig(process.env), { log: keptLog() }).collection.ensure();
  direct = new RekognitionClient();
});
after(() => aws.close());

beforeEach(async (t) => {
  const { StreamProcessors = [] } = await direct.send(new ListStreamProcessorsCommand({}));
  for (const processor of StreamProcessors) {
    await direct.send(new StopStreamProcessorCommand({ Name: processor.Name })).catch(() => {});
    while (['STOPPING', 'STARTING', 'RUNNING'].includes(await statusOf(processor.Name!)));
    await direct.send(new DeleteStreamProcessorCommand({ Name: processor.Name }));
  }
  faulty = await startFaultyAws(aws.url);
  (t as unknown as { after(end: () => Promise<void>): void }).after(() => faulty.close());
});

/** The client tries as often as it usually does, but at once. */
const clientSettings = () => ({ endpoint: faulty.url, retryStrategy: new ConfiguredRetryStrategy(3, 0) });
const shortPause = () => delay(2);

/** @param hurry how far the clock goes on each time that it is looked at, so that nobody waits for patience to end */
function recognition(hurry = 0): VideoRecognition {
  let ahead = 0;
  return new VideoRecognition(
    {
      rekognition: new RekognitionClient(clientSettings()),
      kinesis: new KinesisClient(),
      kinesisVideo: new KinesisVideoClient(),
    },
    readConfig(process.env) as VideoConfig,
    () => {
      ahead += hurry;
      return Date.now() + ahead;
    },
    shortPause,
  );
}

const describe = (name = Name) => direct.send(new DescribeStreamProcessorCommand({ Name: name }));
const statusOf = async (name = Name): Promise<string> => (await describe(name)).Status ?? '';

/** What Describe says when the processor is in another state than it is in. */
async function asIf(Status: string, more: object = {}): Promise<Fault> {
  const { $metadata: _, CreationTimestamp: _c, LastUpdateTimestamp: _l, ...body } = await describe();
  return { body: { ...body, ...more, Status } };
}

/** A processor of this house, as a party leaves it behind: stopped. */
async function stopped(): Promise<void> {
  await recognition().start();
  await recognition().stop();
  while ((await statusOf()) !== 'STOPPED');
  faulty.asked.length = 0;
}

const inUse: Fault = { error: 'ResourceInUseException', message: 'It is busy.' };
const throttled: Fault = { error: 'ThrottlingException', message: 'Slow down' };
const tooMany: Fault = { error: 'ProvisionedThroughputExceededException', message: 'Rate exceeded' };
const broken: Fault = { error: 'InternalServerError', status: 500 };
/** One more than the client tries by itself. */
const often = (fault: Fault): Fault[] => [fault, fault, fault, fault];

const starts: Array<[state: string, prepare: () => Promise<unknown>]> = [
  ['that was never made', async () => {}],
  ['that is stopped', stopped],
  ['that runs', () => recognition().start()],
  [
    'that somebody else is starting',
    async () => {
      await recognition().start();
      faulty.next('DescribeStreamProcessor', await asIf('STARTING'), await asIf('STARTING'));
    },
  ],
  [
    'that is being updated',
    async () => {
      await recognition().start();
      faulty.next('DescribeStreamProcessor', await asIf('UPDATING'));
    },
  ],
  [
    'that is still stopping',
    async () => {
      await stopped();
      faulty.next('DescribeStreamProcessor', await asIf('STOPPING'), await asIf('STOPPING'));
    },
  ],
  [
    'that failed',
    async () => {
      await stopped();
      faulty.next('DescribeStreamProcessor', await asIf('FAILED', { StatusMessage: 'No video.' }));
    },
  ],
  [
    'that failed and cannot be started again',
    async () => {
      await stopped();
      faulty.next('DescribeStreamProcessor', await asIf('FAILED'));
      faulty.next('StartStreamProcessor', inUse);
    },
  ],
  ['whose name was free only a moment ago', async () => faulty.next('CreateStreamProcessor', inUse, inUse)],
  [
    'whose start somebody else was faster with',
    async () => {
      await stopped();
      faulty.next('StartStreamProcessor', inUse);
    },
  ],
  [
    'that is deleted before it is started',
    async () => faulty.next('StartStreamProcessor', { error: 'ResourceNotFoundException' }),
  ],
  ['while AWS is busy', async () => faulty.next('CreateStreamProcessor', ...often(throttled))],
  ['while AWS allows no more calls', async () => faulty.next('StartStreamProcessor', ...often(tooMany))],
  ['while AWS has trouble of its own', async () => faulty.next('DescribeStreamProcessor', ...often(broken))],
  [
    'of a former deployment, whose video stream was another of the same name',
    () => make({ video: `arn:aws:kinesisvideo:us-east-1:000000000000:stream/${Name}/1600000000000` }),
  ],
  [
    'of a former deployment, that runs with another collection',
    async () => {
      await make({ collection: 'former' });
      await direct.send(new StartStreamProcessorCommand({ Name })).catch(() => {});
    },
  ],
];
for (const [state, prepare] of starts) {
  test(`a start of one ${state} ends with it running, as it is wanted`, async () => {
    await prepare();
    await recognition().start();
    const { Status, Input, Settings } = await describe();
    assert.equal(Status, 'RUNNING');
    assert.equal(Settings?.FaceSearch?.CollectionId, names.collection);
    assert.doesNotMatch(Input?.KinesisVideoStream?.Arn ?? '', /1600000000000/);
    assert.deepEqual(await recognition().status(), { state: 'on' });
  });
}

test('one that runs is not started a second time', async () => {
  await recognition().start();
  faulty.asked.length = 0;
  await recognition().start();
  assert.deepEqual(faulty.asked, ['DescribeStreamProcessor']);
});

test('a start that takes too long is given up with words', async () => {
  await stopped();
  faulty.always('DescribeStreamProcessor', await asIf('STARTING'));
  await assert.rejects(recognition(7_000).start(), rejectsWith(/did not start within \d+ s/));
});

test('one that fails as soon as it is started is told with AWS’s reason', async () => {
  await stopped();
  const fails = await asIf('FAILED', { StatusMessage: 'No fragments are coming.' });
  faulty.next('DescribeStreamProcessor', await asIf('STOPPED'), await asIf('STARTING'), fails);
  await assert.rejects(recognition().start(), rejectsWith(/^No fragments are coming\.$/));
});

test('a processor of another stream that has the name is neither replaced nor stopped', async () => {
  await make({ video: 'arn:aws:kinesisvideo:us-east-1:000000000000:stream/cellar/1600000000000' });
  await direct.send(new StartStreamProcessorCommand({ Name }));
  await assert.rejects(recognition().start(), rejectsWith(/belongs to another video stream/));
  await recognition().stop();
  assert.deepEqual(await recognition().status(), { state: 'off' });
  assert.ok(!faulty.asked.includes('StopStreamProcessor') && !faulty.asked.includes('DeleteStreamProcessor'));
  assert.match((await describe()).Input?.KinesisVideoStream?.Arn ?? '', /cellar/);
});

test('a stream that another processor has is told of, and the other one left alone', async () => {
  await recognition().start();
  const { Input } = await describe();
  await recognition().stop();
  while ((await statusOf()) !== 'STOPPED');
  await direct.send(new DeleteStreamProcessorCommand({ Name }));
  await make({ name: 'another', video: Input?.KinesisVideoStream?.Arn ?? '' });
  await assert.rejects(
    recognition(7_000).start(),
    rejectsWith(/another stream processor has the video stream/),
  );
  assert.equal(await statusOf('another'), 'STOPPED');
});

const stops: Array<[state: string, prepare: () => Promise<unknown>]> = [
  ['that runs', () => recognition().start()],
  [
    'that is starting, which cannot be stopped yet',
    async () => {
      await recognition().start();
      faulty.next('DescribeStreamProcessor', await asIf('STARTING'));
      faulty.next('StopStreamProcessor', inUse);
    },
  ],
  [
    'while one Stop a second is allowed',
    async () => {
      await recognition().start();
      faulty.next('StopStreamProcessor', ...often(tooMany));
    },
  ],
  [
    'while AWS is busy',
    async () => {
      await recognition().start();
      faulty.next('DescribeStreamProcessor', ...often(throttled));
    },
  ],
];
for (const [state, prepare] of stops) {
  test(`a stop of one ${state} ends with it stopped`, async () => {
    await prepare();
    await recognition().stop();
    assert.match(await statusOf(), /^STOPP(ING|ED)$/);
  });
}

for (const state of ['STOPPING', 'STOPPED', 'FAILED']) {
  test(`one that is ${state} is not told to stop`, async () => {
    await stopped();
    faulty.next('DescribeStreamProcessor', await asIf(state));
    await recognition().stop();
    assert.deepEqual(faulty.asked, ['DescribeStreamProcessor']);
  });
}

test('one that does not stop is told of', async () => {
  await recognition().start();
  faulty.always('StopStreamProcessor', inUse);
  await assert.rejects(recognition(7_000).stop(), rejectsWith(/did not stop within 20 s/));
});

const user = 'User: arn:aws:sts::111122223333:assumed-role/webhook/x is';
const refusals: Array<[error: string, message: string, words: RegExp, ofAccount: boolean]> = [
  ['AccessDeniedException', '', /--recognition images/, true],
  ['AccessDeniedException', 'Access denied', /--recognition images/, true],
  [
    'AccessDeniedException',
    'Amazon Rekognition streaming video analysis is not available to new customers.',
    /--recognition images/,
    true,
  ],
  ['InvalidParameterException', 'This is only open to existing customers.', /--recognition images/, true],
  ['OptInRequired', 'The account is not signed up.', /--recognition images/, true],
  ['UnsupportedOperation', 'This operation is no longer supported.', /--recognition images/, true],
  [
    'AccessDeniedException',
    `${user} not authorized to perform: rekognition:CreateStreamProcessor on resource: x because no identity-based policy allows it`,
    /may not do rekognition:CreateStreamProcessor\. Run npm run deploy once more/,
    false,
  ],
  [
    'AccessDeniedException',
    `${user} not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/r`,
    /may not do iam:PassRole/,
    false,
  ],
  [
    'AccessDeniedException',
    `${user} not authorized to perform: rekognition:StartStreamProcessor with an explicit deny in a service control policy`,
    /policy of your account or organisation forbids rekognition:StartStreamProcessor/,
    false,
  ],
  ['ServiceQuotaExceededException', 'too many for this account', /a limit of your AWS account/, false],
  ['LimitExceededException', 'ten at once', /a limit of your AWS account.*ten at once/, false],
  [
    'InvalidParameterException',
    'The role cannot be assumed.',
    /AWS says “The role cannot be assumed\.”/,
    false,
  ],
];
for (const operation of ['CreateStreamProcessor', 'StartStreamProcessor', 'DescribeStreamProcessor']) {
  for (const [error, message, words, ofAccount] of refusals) {
    test(`${operation} refused with ${error} “${message.slice(0, 60)}” is told in words, at once`, async () => {
      faulty.always(operation, { error, message });
      await assert.rejects(recognition().start(), (thrown) => {
        assert.ok(thrown instanceof RecognitionError);
        assert.match(thrown.message, words);
        assert.equal(thrown instanceof AccountRefusedError, ofAccount);
        assert.equal(/--recognition images/.test(thrown.message), ofAccount);
        return true;
      });
      if (!ofAccount) return;
      await recognition().stop();
      assert.match((await recognition().status()).state, /^(off|failed)$/);
    });
  }
}

function rejectsWith(words: RegExp): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof RecognitionError, String(thrown));
    assert.match(thrown.message, words);
    return true;
  };
}

/** A processor that somebody else made, or this house when it was another. */
async function make({ name = Name, video = '', collection = names.collection as string }): Promise<void> {
  const ours = `arn:aws:kinesisvideo:us-east-1:000000000000:stream/${Name}/1600000000001`;
  await direct.send(
    new CreateStreamProcessorCommand({
      Name: name,
      Input: { KinesisVideoStream: { Arn: video || ours } },
      Output: { KinesisDataStream: { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/other' } },
      RoleArn: 'arn:aws:iam::000000000000:role/stream-processor',
      Settings: { FaceSearch: { CollectionId: collection, FaceMatchThreshold: 80 } },
    }),
  );
}
