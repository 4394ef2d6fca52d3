import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { DescribeStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateCollectionCommand,
  CreateStreamProcessorCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { handler as door } from '../../lambdas/door.ts';
import { handler as match } from '../../lambdas/match.ts';
import { handler as pictures } from '../../lambdas/pictures.ts';
import { handler as tick } from '../../lambdas/tick.ts';
import { updateKey, handler as webhook } from '../../lambdas/webhook.ts';
import { arn } from '../../local/aws/arn.ts';
import { startAws } from '../../local/aws/aws.ts';
import { provision } from '../../local/deployment/provision.ts';
import { credentials, names, pointAtThisMachine } from '../../local/environment.ts';
import { faceEngine } from '../../local/face-engine.ts';
import { startFunctionUrls } from '../../local/lambda/function-url.ts';
import { LambdaFunctions, ThrottledError } from '../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../local/lambda/invoke.ts';
import { startKinesisSource } from '../../local/lambda/kinesis-source.ts';
import { scheduledEvent } from '../../local/lambda/schedule.ts';
import { minute, second } from '../../party/clock.ts';
import { readConfig } from '../../party/config.ts';
import { createServices } from '../../party/services.ts';
import { afterwards, openStand, standToken } from '../local/telegram/stand.ts';
import { eventually } from '../support/eventually.ts';
import { startFaultyAws } from '../support/faulty-aws.ts';
import { emptyFolder } from '../support/folder.ts';
import { keptLog } from '../support/log.ts';
import { plainRecognizer } from '../support/plain-faces.ts';
import { bytesOf, match as matchOf, recordOf } from '../support/records.ts';
import { CloudWatch } from '../support/stack/cloudwatch.ts';
import { namedOnly } from '../support/stack/named.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { houses, templateOf } from './synthesised.ts';

const template = templateOf(houses.video).toJSON() as Template;
const made = namedOnly(template, 'MusicalJoy');
const alarms = new Map(
  ofType(template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => [
    String(alarm.Properties.AlarmName).replace('MusicalJoy-', ''),
    alarm,
  ]),
);

/** The queue that a function's failures go to. */
const queueOf = (name: string): string => {
  const [[id = ''] = []] = ofType(template, 'AWS::SQS::Queue').filter(([id]) => id.startsWith(name));
  return made.get(id)!.attributes.QueueName!;
};

/** The Lambdas under the names that they have in the stack, and what CloudWatch would be told of them. */
async function open(t: TestContext) {
  const before = { ...process.env };
  t.after(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
  const cloudWatch = new CloudWatch();
  Object.assign(process.env, {
    POWERTOOLS_DEV: 'true',
    POWERTOOLS_METRICS_DISABLED: 'false',
    POWERTOOLS_METRICS_NAMESPACE: 'MusicalJoy',
  });
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    t.mock.method(console, level, cloudWatch.print);

  const folder = await emptyFolder();
  const stand = await openStand(t, { folder });
  const { measure } = cloudWatch;
  const functions = new LambdaFunctions(
    {
      'MusicalJoy-webhook': { handler: webhook, timeoutSeconds: 55, reservedConcurrency: 1 },
      'MusicalJoy-match': { handler: match, timeoutSeconds: 30, reservedConcurrency: 1 },
      'MusicalJoy-tick': { handler: tick, timeoutSeconds: 30 },
      'MusicalJoy-pictures': { handler: pictures, timeoutSeconds: 60 },
      'MusicalJoy-door': { handler: door, timeoutSeconds: 30 },
    },
    { log: () => {}, measure },
  );
  const aws = await startAws({
    port: 0,
    folder,
    credentials,
    engine: faceEngine(plainRecognizer),
    media: () => undefined,
  });
  afterwards(t, () => aws.close());
  const faulty = await startFaultyAws(aws.url);
  afterwards(t, () => faulty.close());
  pointAtThisMachine(aws.url, stand.root);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = faulty.url;
  const secret = await provision(standToken);
  const events = new AsyncInvocations({ functions, folder, retryDelaysMs: [1, 1] });
  afterwards(t, () => events.close());
  const urls = await startFunctionUrls({ functions, names: ['MusicalJoy-webhook'], measure });
  afterwards(t, () => urls.close());
  const stream = await aws.dataStreams.ensure(names.dataStream);
  const source = await startKinesisSource({
    stream,
    functions,
    functionName: 'MusicalJoy-match',
    folder,
    startingPosition: 'LATEST',
    maximumRetryAttempts: 1,
    reportBatchItemFailures: true,
    backOffMs: 1,
    measure,
    log: () => {},
  });
  afterwards(t, () => source.close());
  cloudWatch.watchQueue(queueOf('MatchDeadLetters'), source.deadLetters);
  cloudWatch.watchQueue(queueOf('PicturesDeadLetters'), events.deadLetters);

  const services = createServices(readConfig(process.env), { log: keptLog() });
  return {
    stand,
    faulty,
    services,
    stream,
    events,
    /** Whether an alarm is on. */
    isOn: (name: string): boolean => cloudWatch.isOn(alarms.get(name)!, made),
    invoke: (name: string, event: unknown) => functions.invoke(`MusicalJoy-${name}`, JSON.stringify(event)),
    update: async (id: number): Promise<number> => {
      const { status } = await fetch(urls.url('MusicalJoy-webhook'), {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': secret.webhookSecret },
        body: JSON.stringify({ update_id: id }),
      });
      return status;
    },
  };
}

type House = Awaited<ReturnType<typeof open>>;

const broken = { error: 'ValidationException' };

/** What each alarm is there for, and nothing else. */
const causes: Readonly<Record<string, (house: House) => Promise<void>>> = {
  async IteratorAge({ stream }) {
    const { now } = Date;
    Date.now = () => now() - 40 * second;
    try {
      stream.put('p', bytesOf(recordOf(Date.now(), [])));
    } finally {
      Date.now = now;
    }
  },
  async RecognitionWithoutParty({ invoke }) {
    const rekognition = new RekognitionClient();
    const { StreamInfo } = await new KinesisVideoClient().send(
      new DescribeStreamCommand({ StreamName: names.videoStream }),
    );
    await rekognition.send(new CreateCollectionCommand({ CollectionId: names.collection }));
    await rekognition.send(
      new CreateStreamProcessorCommand({
        Name: names.videoStream,
        Input: { KinesisVideoStream: { Arn: StreamInfo!.StreamARN } },
        Output: { KinesisDataStream: { Arn: arn('kinesis', `stream/${names.dataStream}`) } },
        RoleArn: `arn:aws:iam::${names.account}:role/stream-processor`,
        Settings: { FaceSearch: { CollectionId: names.collection } },
      }),
    );
    await rekognition.send(new StartStreamProcessorCommand({ Name: names.videoStream }));
    await invoke('tick', scheduledEvent('tick'));
  },
  async DoorErrors({ invoke, faulty, isOn }) {
    const asks = { rawPath: `/${'A'.repeat(43)}/`, requestContext: { http: { method: 'GET' } } };
    // Whoever has no link is no failure.
    await invoke('door', asks);
    assert.equal(isOn('DoorErrors'), false);
    faulty.always('GetItem', broken);
    await invoke('door', asks);
    faulty.mend();
  },
  async WebhookErrors({ update, stand, services, faulty, isOn }) {
    // That another Lambda has the update in work is no failure.
    const { id: botId } = stand.telegram.bot;
    await services.claims.claim(updateKey(botId, 7), minute);
    assert.equal(await update(7), 409);
    assert.equal(isOn('WebhookErrors'), false);
    faulty.always('*', broken);
    assert.equal(await update(8), 500);
    faulty.mend();
  },
  async WebhookThrottles({ update }) {
    const statuses = await Promise.all(Array.from({ length: 3 }, (_, index) => update(20 + index)));
    assert.ok(statuses.includes(429), statuses.join());
  },
  async MatchThrottles({ invoke }) {
    const both = await Promise.allSettled([
      invoke('match', { Records: [] }),
      invoke('match', { Records: [] }),
    ]);
    const [refused] = both.filter(({ status }) => status === 'rejected');
    assert.ok(refused?.status === 'rejected' && refused.reason instanceof ThrottledError);
  },
  async PicturesErrors({ invoke, faulty }) {
    faulty.next('GetItem', broken);
    await invoke('pictures', { job: 'snapshot', partyId: 'p', guestId: 'g' });
  },
  async PicturesDeadLetters({ events, faulty, isOn }) {
    faulty.always('GetItem', broken);
    await events.accept(
      'MusicalJoy-pictures',
      JSON.stringify({ job: 'snapshot', partyId: 'p', guestId: 'g' }),
    );
    await eventually('it is on', () => isOn('PicturesDeadLetters'), 10_000);
    faulty.mend();
  },
  async MatchErrors({ stream, faulty, services: { parties, now } }) {
    await parties.start({ chatId: 1, startedBy: 1, endsAt: now() + 5 * minute });
    faulty.next('BatchGetItem', broken);
    stream.put('p', bytesOf(recordOf(Date.now(), [{ matches: [matchOf('somebody', 99)] }])));
  },
  async MatchDeadLetters({ stream, faulty }) {
    faulty.always('BatchGetItem', broken);
    stream.put('p', bytesOf(recordOf(Date.now(), [{ matches: [matchOf('somebody else', 99)] }])));
  },
  async TickErrors({ invoke, faulty }) {
    faulty.always('Query', broken);
    faulty.always('GetItem', broken);
    await invoke('tick', scheduledEvent('tick'));
  },
};

test('each alarm has its cause, and goes off by it, and by nothing that came before', async (t) => {
  assert.deepEqual(Object.keys(causes).sort(), [...alarms.keys()].sort());
  const house = await open(t);
  for (const [name, happens] of Object.entries(causes)) {
    const isOn = () => house.isOn(name);
    assert.equal(isOn(), false, `${name} before its cause`);
    await happens(house);
    await eventually(`${name} is on`, isOn, 10_000);
  }
});
