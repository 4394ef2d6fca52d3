import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { IAMClient } from '@aws-sdk/client-iam';
import { DescribeStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateCollectionCommand,
  CreateStreamProcessorCommand,
  DeleteStreamProcessorCommand,
  ListStreamProcessorsCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
  StopStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPatientApi } from '../../bot/webhook.ts';
import { createCustomResource } from '../../lambdas/setup/custom-resource.ts';
import { createSetup } from '../../lambdas/setup.ts';
import { arn } from '../../local/aws/arn.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { credentials, names } from '../../local/environment.ts';
import { minute, second } from '../../party/clock.ts';
import { readConfig } from '../../party/config.ts';
import { createServices } from '../../party/services.ts';
import { Setups } from '../../party/stores/setups.ts';
import { openBotHouse } from '../support/bot-house.ts';
import { openCloudFormation } from '../support/cloudformation.ts';
import { startFaultyAws } from '../support/faulty-aws.ts';
import { emptyFolder } from '../support/folder.ts';
import { refusals } from '../support/refusals.ts';
import { iamWith } from '../support/stack/iam.ts';

const producer = 'MusicalJoy-Producer';
const plenty = 30 * second;

/**
 * Those that what is asked of every service takes in ways of their own; to a stream processor each means something
 * else.
 */
const different = ['a role that may not', 'too many calls', 'no answer'];

/** A house by video with all its AWS behind a line that fails as a test says. */
async function open(t: TestContext) {
  const house = await openBotHouse(t);
  const aws = process.env.AWS_ENDPOINT_URL!;
  const behind = { endpoint: aws, region: names.region, credentials };
  const faulty = await startFaultyAws(aws);
  t.after(() => faulty.close());
  const users = iamWith([producer]);
  const iam = await startAwsServer({ port: 0, services: [users.service], credentials });
  t.after(() => iam.close());
  const faultyIam = await startFaultyAws(iam.url);
  t.after(() => faultyIam.close());
  process.env.AWS_ENDPOINT_URL = faulty.url;
  process.env.AWS_MAX_ATTEMPTS = '1';
  t.after(() => {
    delete process.env.AWS_MAX_ATTEMPTS;
  });

  const file = path.join(await emptyFolder(), 'jingle-bells-0123456789.mp3');
  await writeFile(file, 'a carol');
  const carol = { id: 'jingle-bells', title: 'Jingle Bells', performer: 'Musical Joy' };
  const recording = { carol, path: file, seconds: 55, contentType: 'audio/mpeg', fileName: 'jb.mp3' };
  const cloudFormation = await openCloudFormation(t);
  const { table, songs, storage, log } = createServices(readConfig(process.env), { log: house.services.log });
  const patience = { settingUp: plenty, calls: plenty, processor: plenty };
  const services = {
    table,
    songs,
    storage,
    log,
    setups: new Setups(table),
    carols: async () => [recording],
    secrets: new SecretsManagerClient(),
    rekognition: new RekognitionClient(),
    s3: new S3Client(),
    iam: new IAMClient({ endpoint: faultyIam.url }),
    api: (token: string) => createPatientApi(token, house.stand.root),
    patience,
  };
  const handler = createCustomResource(
    createSetup(async () => services),
    log,
  );
  const rekognition = new RekognitionClient(behind);
  await rekognition.send(new CreateCollectionCommand({ CollectionId: names.collection }));
  const { StreamInfo } = await new KinesisVideoClient(behind).send(
    new DescribeStreamCommand({ StreamName: names.videoStream }),
  );

  const properties: Readonly<Record<string, string>> = {
    WebhookUrl: house.webhookUrl,
    BotSecretId: names.secret,
    BucketName: names.bucket,
    EmptyBucket: 'true',
    ProducerUserName: producer,
    VideoStreamName: names.videoStream,
    Recognition: 'video',
    Version: '2',
  };
  const { VideoStreamName: _, ...without } = properties;
  const before = { ...properties, Version: '1' };
  const events = {
    sleep: () =>
      cloudFormation.event('Update', { ...without, Recognition: 'asleep' }, { id: 's', old: before }),
    'sleep by images': () =>
      cloudFormation.event(
        'Update',
        { ...without, Recognition: 'asleep' },
        { id: 's', old: { ...without, Recognition: 'images', Version: '1' } },
      ),
    images: () =>
      cloudFormation.event('Update', { ...without, Recognition: 'images' }, { id: 's', old: before }),
    wake: () =>
      cloudFormation.event('Update', properties, {
        id: 's',
        old: { ...without, Recognition: 'asleep', Version: '2' },
      }),
    destroy: () => cloudFormation.event('Delete', properties, { id: 's' }),
  };
  return {
    faulty,
    faultyIam,
    services,
    properties,
    async send(what: keyof typeof events, remaining = minute) {
      await handler(events[what](), { getRemainingTimeInMillis: () => remaining });
      const { Status, Reason = '' } = cloudFormation.answered.at(-1)!.answer;
      return { status: Status, reason: Reason };
    },
    /** A stream processor as a party leaves it, or as it is while one is on. */
    async makeProcessor(runs = false) {
      await rekognition.send(
        new CreateStreamProcessorCommand({
          Name: names.videoStream,
          Input: { KinesisVideoStream: { Arn: StreamInfo?.StreamARN } },
          Output: { KinesisDataStream: { Arn: arn('kinesis', `stream/${names.dataStream}`) } },
          RoleArn: `arn:aws:iam::${names.account}:role/r`,
          Settings: { FaceSearch: { CollectionId: names.collection } },
        }),
      );
      if (runs) await rekognition.send(new StartStreamProcessorCommand({ Name: names.videoStream }));
    },
    async processors(): Promise<number> {
      return (await rekognition.send(new ListStreamProcessorsCommand({}))).StreamProcessors?.length ?? 0;
    },
    async removeProcessor() {
      const processor = { Name: names.videoStream };
      await rekognition.send(new StopStreamProcessorCommand(processor)).catch(() => {});
      await rekognition.send(new DeleteStreamProcessorCommand(processor)).catch(() => {});
    },
  };
}

const ways = ['sleep', 'sleep by images', 'images', 'destroy'] as const;

for (const way of ways) {
  test(`whatever AWS refuses of the setup, and however, a house can go this way: ${way}`, async (t) => {
    const house = await open(t);
    const { faulty, faultyIam, services, send } = house;
    const leavesOne = way !== 'sleep by images';
    const fillBucket = () => services.storage.put('photos/1.jpg', Buffer.from('x'), 'image/jpeg');
    if (leavesOne) await house.makeProcessor(true);
    if (way === 'destroy') await fillBucket();
    assert.deepEqual(await send(way), { status: 'SUCCESS', reason: '' });
    assert.equal(await house.processors(), 0);
    const asked = [...new Set(faulty.asked)];
    assert.ok(asked.length >= 5, asked.join());

    // For images it is the same code as for sleep.
    for (const operation of ['*', ...(way === 'images' ? [] : asked)]) {
      const ofProcessor = operation === '*' || operation.includes('StreamProcessor');
      for (const [how, fault] of Object.entries(refusals)) {
        if (operation !== '*' && !ofProcessor && !different.includes(how)) continue;
        // What takes all of its time has little here; what is to succeed has plenty.
        const calls = how === 'no answer' ? 100 : plenty;
        Object.assign(services.patience, {
          settingUp: calls,
          calls,
          processor: ofProcessor ? 100 : plenty,
        });
        const bucketHangs = way === 'destroy' && how === 'no answer' && /^(\*|GET |POST )/.test(operation);
        if (bucketHangs) continue;
        if (leavesOne) await house.makeProcessor(operation === 'StopStreamProcessor');
        if (way === 'destroy') await fillBucket();
        faulty.always(operation, fault);
        if (operation === '*') faultyIam.always('*', fault);
        const { status, reason } = await send(way);
        faulty.mend();
        faultyIam.mend();
        assert.equal(status, 'SUCCESS', `${operation}, ${how}: ${reason}`);
        if (!ofProcessor)
          assert.equal(await house.processors(), 0, `${operation}, ${how}: the stream processor is removed`);
        await house.removeProcessor();
      }
    }
  });
}

test('what is not removed is said, and where an account may have no stream processor there is none', async (t) => {
  const { faulty, send, services } = await open(t);
  services.patience.processor = 100;
  faulty.always('DescribeStreamProcessor', refusals['an account that may not']);
  assert.deepEqual(await send('images'), { status: 'SUCCESS', reason: '' });
  for (const how of ['a role that may not', 'too many calls', 'no answer']) {
    faulty.always('DescribeStreamProcessor', refusals[how]);
    const { status, reason } = await send('images');
    assert.equal(status, 'SUCCESS');
    assert.match(reason, /^The stream processor front-door may still run, which costs money: /, how);
  }
});

test('what could not be set up when the house fell asleep is set up when it wakes', async (t) => {
  const { faulty, send, services } = await open(t);
  faulty.always('PutItem', refusals['a role that may not']);
  const { status, reason } = await send('sleep');
  assert.equal(status, 'SUCCESS');
  assert.match(reason, /^What is new was not set up: .* That is tried again when the house wakes\.$/);
  assert.deepEqual(await services.songs.carols(), []);

  faulty.mend();
  assert.deepEqual(await send('wake'), { status: 'SUCCESS', reason: '' });
  assert.equal((await services.songs.carols()).length, 1);
});

test('a bucket that does not answer fails the deletion when its time is up, to be tried again', async (t) => {
  const { faulty, send } = await open(t);
  faulty.always('GET /musical-joy/', 'hangs');
  assert.deepEqual(await send('destroy', 12 * second), {
    status: 'FAILED',
    reason: 'Its time was up before it was done. Try again: it goes on from there.',
  });
});
