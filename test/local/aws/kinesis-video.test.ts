import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as control from '@aws-sdk/client-kinesis-video';
import * as archived from '@aws-sdk/client-kinesis-video-archived-media';
import sharp from 'sharp';
import { kinesisVideoService } from '../../../local/aws/kinesis-video/control.ts';
import { archivedMediaService } from '../../../local/aws/kinesis-video/get-images.ts';
import { VideoStreams } from '../../../local/aws/kinesis-video/video-streams.ts';
import type { Media, RetainedPicture } from '../../../local/aws/media.ts';
import { type LocalAws, startAwsServer } from '../../../local/aws/server.ts';
import { emptyFolder } from '../../support/folder.ts';
import { clientOptions, localCredentials } from './clients.ts';

const t0 = Date.UTC(2026, 10, 23, 19);

describe('Kinesis Video on this machine', () => {
  let folder: string;
  let streams: VideoStreams;
  let aws: LocalAws;
  let video: control.KinesisVideoClient;
  let kept: RetainedPicture[] = [];

  const media: Media = {
    async *frames() {},
    pictures: async (from, to) => kept.filter(({ time }) => time >= from && time <= to),
  };

  before(async () => {
    folder = await emptyFolder();
    streams = new VideoStreams(folder);
    aws = await startAwsServer({
      port: 0,
      credentials: localCredentials,
      services: [
        kinesisVideoService(streams, () => aws.url),
        archivedMediaService(streams, (name) => (name === 'no-camera' ? undefined : media)),
      ],
    });
    video = new control.KinesisVideoClient(clientOptions(aws));
  });

  after(async () => {
    video.destroy();
    await aws.close();
  });

  const create = async (StreamName: string, DataRetentionInHours = 2) => {
    const { StreamARN } = await video.send(
      new control.CreateStreamCommand({ StreamName, DataRetentionInHours }),
    );
    assert.ok(StreamARN);
    return StreamARN;
  };

  test('a stream is created, described by name and by ARN, and listed', async () => {
    const StreamARN = await create('door');
    assert.match(StreamARN, /^arn:aws:kinesisvideo:[a-z0-9-]+:\d{12}:stream\/door\/\d+$/);
    const { StreamInfo } = await video.send(new control.DescribeStreamCommand({ StreamName: 'door' }));
    assert.equal(StreamInfo?.StreamARN, StreamARN);
    assert.equal(StreamInfo?.Status, 'ACTIVE');
    assert.equal(StreamInfo?.DataRetentionInHours, 2);
    assert.ok(StreamInfo?.CreationTime instanceof Date);
    const byArn = await video.send(new control.DescribeStreamCommand({ StreamARN }));
    assert.deepEqual(byArn.StreamInfo, StreamInfo);
    const { StreamInfoList } = await video.send(
      new control.ListStreamsCommand({
        StreamNameCondition: { ComparisonOperator: 'BEGINS_WITH', ComparisonValue: 'do' },
      }),
    );
    assert.deepEqual(StreamInfoList, [StreamInfo]);
  });

  test('a name is used once', async () => {
    await create('once');
    await assert.rejects(create('once'), control.ResourceInUseException);
  });

  test('a list longer than a page goes on where it stopped', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) await create(name);
    const condition = {
      StreamNameCondition: { ComparisonOperator: 'BEGINS_WITH', ComparisonValue: 'page-' },
    } as const;
    const first = await video.send(new control.ListStreamsCommand({ ...condition, MaxResults: 2 }));
    assert.deepEqual(
      first.StreamInfoList?.map(({ StreamName }) => StreamName),
      ['page-a', 'page-b'],
    );
    const second = await video.send(
      new control.ListStreamsCommand({ ...condition, MaxResults: 2, NextToken: first.NextToken }),
    );
    assert.deepEqual(
      second.StreamInfoList?.map(({ StreamName }) => StreamName),
      ['page-c'],
    );
    assert.equal(second.NextToken, undefined);
  });

  test('streams are there after a restart', async () => {
    const StreamARN = await create('kept');
    assert.equal(new VideoStreams(folder).find('kept')?.arn, StreamARN);
  });

  test('a stream that does not exist is ResourceNotFoundException', async () => {
    const unknown = new control.DescribeStreamCommand({ StreamName: 'nowhere' });
    await assert.rejects(video.send(unknown), control.ResourceNotFoundException);
  });

  test('a stream must be named by either name or ARN', async () => {
    await assert.rejects(video.send(new control.DescribeStreamCommand({})), control.InvalidArgumentException);
  });

  test('a deleted stream is gone', async () => {
    const StreamARN = await create('short-lived');
    await video.send(new control.DeleteStreamCommand({ StreamARN }));
    const gone = new control.DescribeStreamCommand({ StreamARN });
    await assert.rejects(video.send(gone), control.ResourceNotFoundException);
  });

  test('a name with a space is refused in AWS’s words', async () => {
    await assert.rejects(create('front door'), {
      name: 'ValidationException',
      message:
        /Value 'front door' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression/,
    });
  });

  describe('GetImages', () => {
    let images: archived.KinesisVideoArchivedMediaClient;
    let jpeg: Buffer;

    before(async () => {
      await create('pictures');
      await create('no-camera');
      await create('no-retention', 0);
      const { DataEndpoint } = await video.send(
        new control.GetDataEndpointCommand({ StreamName: 'pictures', APIName: 'GET_IMAGES' }),
      );
      assert.equal(DataEndpoint, aws.url);
      images = new archived.KinesisVideoArchivedMediaClient({
        ...clientOptions(aws),
        endpoint: DataEndpoint,
      });
      jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#804020' } })
        .jpeg()
        .toBuffer();
      kept = [0, 200, 400, 5000].map((offset) => ({ time: t0 + offset, jpeg }));
    });

    after(() => images.destroy());

    const ask = (input: Partial<archived.GetImagesInput>) =>
      images.send(
        new archived.GetImagesCommand({
          StreamName: 'pictures',
          ImageSelectorType: 'PRODUCER_TIMESTAMP',
          StartTimestamp: new Date(t0),
          EndTimestamp: new Date(t0 + 1000),
          Format: 'JPEG',
          ...input,
        }),
      );

    test('gives the retained JPEG of a moment as it is', async () => {
      const { Images } = await ask({ MaxResults: 1 });
      assert.equal(Images?.length, 1);
      assert.deepEqual(Images?.[0]?.TimeStamp, new Date(t0));
      assert.deepEqual(Buffer.from(Images?.[0]?.ImageContent ?? '', 'base64'), jpeg);
    });

    test('says NO_MEDIA for moments without video', async () => {
      const { Images } = await ask({ SamplingInterval: 3000, EndTimestamp: new Date(t0 + 6000) });
      assert.deepEqual(
        Images?.map((image) => image.Error ?? 'picture'),
        ['picture', 'NO_MEDIA', 'picture'],
      );
    });

    test('says NO_MEDIA while the stream has no camera', async () => {
      const { Images } = await ask({ StreamName: 'no-camera', MaxResults: 1 });
      assert.equal(Images?.[0]?.Error, 'NO_MEDIA');
    });

    test('says MEDIA_ERROR when what is kept is no picture', async () => {
      const sound = kept;
      kept = [{ time: t0, jpeg: Buffer.from('not a picture') }];
      const { Images } = await ask({ MaxResults: 1, HeightPixels: 24 });
      kept = sound;
      assert.equal(Images?.[0]?.Error, 'MEDIA_ERROR');
    });

    test('scales and converts when asked to', async () => {
      const { Images } = await ask({ MaxResults: 1, Format: 'PNG', HeightPixels: 24 });
      const { format, width, height } = await sharp(
        Buffer.from(Images?.[0]?.ImageContent ?? '', 'base64'),
      ).metadata();
      assert.deepEqual({ format, width, height }, { format: 'png', width: 32, height: 24 });
    });

    test('goes through all moments page by page', async () => {
      const seen: number[] = [];
      let NextToken: string | undefined;
      do {
        const page = await ask({ SamplingInterval: 200, EndTimestamp: new Date(t0 + 10_000), NextToken });
        seen.push(...(page.Images ?? []).map(({ TimeStamp }) => Number(TimeStamp) - t0));
        NextToken = page.NextToken;
      } while (NextToken);
      assert.deepEqual(
        seen,
        Array.from({ length: 51 }, (_, index) => index * 200),
      );
    });

    test('refuses a sampling interval under 200 ms', async () => {
      await assert.rejects(ask({ SamplingInterval: 199 }), { name: 'ValidationException' });
    });

    test('refuses an end before the start and more than 300 seconds', async () => {
      await assert.rejects(ask({ EndTimestamp: new Date(t0 - 1) }), archived.InvalidArgumentException);
      await assert.rejects(ask({ EndTimestamp: new Date(t0 + 300_001) }), archived.InvalidArgumentException);
    });

    test('refuses a token of another request, a quality of 0 and a width alone', async () => {
      const NextToken = Buffer.from('12').toString('base64');
      await assert.rejects(ask({ NextToken }), archived.InvalidArgumentException);
      await assert.rejects(ask({ FormatConfig: { JPEGQuality: '0' } }), archived.InvalidArgumentException);
      await assert.rejects(ask({ WidthPixels: 10 }), { name: 'ValidationException' });
    });

    test('says NoDataRetentionException for a stream that keeps nothing', async () => {
      await assert.rejects(ask({ StreamName: 'no-retention' }), archived.NoDataRetentionException);
    });

    test('says ResourceNotFoundException for no stream', async () => {
      await assert.rejects(ask({ StreamName: 'nowhere' }), archived.ResourceNotFoundException);
    });

    test('an operation that is not there says so', async () => {
      const clip = new archived.GetClipCommand({
        StreamName: 'pictures',
        ClipFragmentSelector: {
          FragmentSelectorType: 'PRODUCER_TIMESTAMP',
          TimestampRange: { StartTimestamp: new Date(t0), EndTimestamp: new Date(t0 + 1000) },
        },
      });
      await assert.rejects(images.send(clip), {
        name: 'UnknownOperationException',
        message: /not available on this machine/,
      });
    });
  });
});
