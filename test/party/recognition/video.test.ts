import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
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
import { type Clock, second } from '../../../party/clock.ts';
import { readConfig, type VideoConfig } from '../../../party/config.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { VideoRecognition } from '../../../party/recognition/video.ts';
import { createServices, type Services } from '../../../party/services.ts';
import { keptLog } from '../../support/log.ts';
import { openVideoAws } from './video-aws.ts';

describe('recognition by video', () => {
  let aws: Aws;
  let services: Services;
  let recognition: VideoRecognition;
  let pictures: RetainedPicture[] = [];
  const rekognition = () => new RekognitionClient();

  /** As `createServices` makes it, but that nobody waits for its pauses. */
  function videoRecognition(now: Clock): VideoRecognition {
    const clients = {
      rekognition: rekognition(),
      kinesis: new KinesisClient(),
      kinesisVideo: new KinesisVideoClient(),
    };
    return new VideoRecognition(clients, readConfig(process.env) as VideoConfig, now, () => delay(2));
  }

  before(async () => {
    aws = await openVideoAws(() => pictures);
    services = createServices(readConfig(process.env), { log: keptLog() });
    recognition = videoRecognition(Date.now);
  });
  after(() => aws.close());

  beforeEach(async () => {
    await services.collection.ensure();
    await recognition.stop();
    await rekognition()
      .send(new DeleteStreamProcessorCommand({ Name: names.videoStream }))
      .catch(() => {});
  });

  test('what was never started is off, and stopping it is no error', async () => {
    assert.deepEqual(await recognition.status(), { state: 'off' });
    await recognition.stop();
  });

  test('a start makes the stream processor when there is none, and once', async () => {
    await recognition.start();
    assert.deepEqual(await recognition.status(), { state: 'on' });
    await recognition.start();
    const { StreamProcessors } = await rekognition().send(new ListStreamProcessorsCommand({}));
    assert.deepEqual(
      StreamProcessors?.map(({ Name, Status }) => [Name, Status]),
      [[names.videoStream, 'RUNNING']],
    );
  });

  test('two starts at once, and a stop and a start in turn, end as they should', async () => {
    await Promise.all([recognition.start(), recognition.start()]);
    assert.deepEqual(await recognition.status(), { state: 'on' });
    await recognition.stop();
    await recognition.start();
    assert.deepEqual(await recognition.status(), { state: 'on' });
  });

  test('two stops at once are one', async () => {
    await recognition.start();
    await Promise.all([recognition.stop(), recognition.stop()]);
    await recognition.stop();
    assert.notEqual((await recognition.status()).state, 'on');
  });

  test('what the stream processor sees is not shared with AWS', async () => {
    await recognition.start();

    const { DataSharingPreference } = await rekognition().send(
      new DescribeStreamProcessorCommand({ Name: names.videoStream }),
    );
    assert.deepEqual(DataSharingPreference, { OptIn: false });
  });

  test('a stream processor that failed is started again, or the reason is told', async () => {
    await recognition.start();
    await recognition.stop();
    await rekognition().send(new DeleteCollectionCommand({ CollectionId: names.collection }));

    await assert.rejects(
      recognition.start(),
      (error) => error instanceof RecognitionError && /collection/i.test(error.message),
    );
    assert.equal((await recognition.status()).state, 'failed');

    await services.collection.ensure();
    await recognition.start();
    assert.deepEqual(await recognition.status(), { state: 'on' });
  });

  test('the camera’s picture of a moment comes, and none when the camera had none', async () => {
    const create = { width: 64, height: 36, channels: 3, background: '#204060' } as const;
    const time = Date.now() - 10_000;
    pictures = [{ time, jpeg: await sharp({ create }).jpeg().toBuffer() }];

    const picture = await recognition.picture(time);
    assert.equal((await sharp(picture).metadata()).width, 64);

    pictures = [];
    let now = Date.now();
    const hasty = videoRecognition(() => (now += 3 * second));
    assert.equal(await hasty.picture(time), undefined);
  });
});
