import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import {
  DeleteCollectionCommand,
  DeleteStreamProcessorCommand,
  DescribeStreamProcessorCommand,
  ListStreamProcessorsCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import sharp from 'sharp';
import type { Aws } from '../../../local/aws/aws.ts';
import type { RetainedPicture } from '../../../local/aws/media.ts';
import { names } from '../../../local/environment.ts';
import { readConfig } from '../../../party/config.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { createServices, type Services } from '../../../party/services.ts';
import { keptLog } from '../../support/log.ts';
import { openVideoAws } from './video-aws.ts';

let aws: Aws;
let services: Services;
let pictures: RetainedPicture[] = [];
const rekognition = () => new RekognitionClient();

before(async () => {
  aws = await openVideoAws(() => pictures);
  services = createServices(readConfig(process.env), { log: keptLog() });
});
after(() => aws.close());

beforeEach(async () => {
  await services.collection.ensure();
  await services.recognition.stop();
  await rekognition()
    .send(new DeleteStreamProcessorCommand({ Name: names.videoStream }))
    .catch(() => {});
});

test('what was never started is off, and stopping it is no error', async () => {
  assert.deepEqual(await services.recognition.status(), { state: 'off' });
  await services.recognition.stop();
});

test('a start makes the stream processor when there is none, and once', async () => {
  await services.recognition.start();
  assert.deepEqual(await services.recognition.status(), { state: 'on' });
  await services.recognition.start();
  const { StreamProcessors } = await rekognition().send(new ListStreamProcessorsCommand({}));
  assert.deepEqual(
    StreamProcessors?.map(({ Name, Status }) => [Name, Status]),
    [[names.videoStream, 'RUNNING']],
  );
});

test('two starts at once, and a stop and a start in turn, end as they should', async () => {
  await Promise.all([services.recognition.start(), services.recognition.start()]);
  assert.deepEqual(await services.recognition.status(), { state: 'on' });
  await services.recognition.stop();
  await services.recognition.start();
  assert.deepEqual(await services.recognition.status(), { state: 'on' });
});

test('two stops at once are one', async () => {
  await services.recognition.start();
  await Promise.all([services.recognition.stop(), services.recognition.stop()]);
  await services.recognition.stop();
  assert.notEqual((await services.recognition.status()).state, 'on');
});

test('what the stream processor sees is not shared with AWS', async () => {
  await services.recognition.start();

  const { DataSharingPreference } = await rekognition().send(
    new DescribeStreamProcessorCommand({ Name: names.videoStream }),
  );
  assert.deepEqual(DataSharingPreference, { OptIn: false });
});

test('a stream processor that failed is started again, or the reason is told', async () => {
  await services.recognition.start();
  await services.recognition.stop();
  await rekognition().send(new DeleteCollectionCommand({ CollectionId: names.collection }));

  await assert.rejects(
    services.recognition.start(),
    (error) => error instanceof RecognitionError && /collection/i.test(error.message),
  );
  assert.equal((await services.recognition.status()).state, 'failed');

  await services.collection.ensure();
  await services.recognition.start();
  assert.deepEqual(await services.recognition.status(), { state: 'on' });
});

test('the camera’s picture of a moment comes, and none when the camera had none', async () => {
  const create = { width: 64, height: 36, channels: 3, background: '#204060' } as const;
  const time = Date.now() - 10_000;
  pictures = [{ time, jpeg: await sharp({ create }).jpeg().toBuffer() }];

  const picture = await services.recognition.picture(time);
  assert.equal((await sharp(picture).metadata()).width, 64);

  pictures = [];
  assert.equal(await services.recognition.picture(time), undefined);
});
