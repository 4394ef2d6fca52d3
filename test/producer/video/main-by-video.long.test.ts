import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  KinesisVideoArchivedMediaClient,
} from '@aws-sdk/client-kinesis-video-archived-media';
import {
  CreateCollectionCommand,
  CreateStreamProcessorCommand,
  IndexFacesCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { provision } from '../../../local/deployment/provision.ts';
import { names, pointAtThisMachine } from '../../../local/environment.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import { frameTime } from '../../../party/record/frame-time.ts';
import { type FaceSearchRecord, parseRecord } from '../../../party/record/record.ts';
import { Table } from '../../../party/stores/table.ts';
import { checkHealth } from '../../../producer/health/health.ts';
import { doorClip } from '../../support/door-clip.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { codedVideo, sdpOf, startOddCamera } from '../../support/odd-camera.ts';
import { portrait } from '../../support/portraits.ts';
import { heard, runProducer, uploaderSettings } from '../../support/producer.ts';
import { sharedRecognizer } from '../../support/recognizer.ts';
import { openAws } from '../../support/whole-aws.ts';

const patience = 120_000;

test('by video, the producer uploads while a party is on, and the stream processor names who is at the door', {
  timeout: 240_000,
}, async (t) => {
  const video = await codedVideo(await doorClip({ seconds: 2, framesPerSecond: 10 }));
  const camera = await startOddCamera({
    sdp: sdpOf(video),
    async play(viewer, signal) {
      for (let number = 0; !signal.aborted; number++) {
        viewer.sendPicture(video.pictures[number % video.pictures.length]!.units, { time: number * 9000 });
        await delay(100, undefined, { signal });
      }
    },
  });
  t.after(() => camera.stop());
  const local = await openAws({ recognizer: await sharedRecognizer() });
  t.after(() => local.close());
  pointAtThisMachine(local.url, undefined, 'video');
  await provision('123456:token');
  const records: FaceSearchRecord[] = [];
  const stream = await local.dataStreams.ensure(names.dataStream);
  stream.onRecord(({ data }) => records.push(parseRecord(data)));
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
  const table = new Table(documents, names.table);
  const wishes = new Wishes(table, Date.now);
  const healthFile = path.join(await emptyFolder(), 'health.json');

  const producer = runProducer(t, [], {
    ...uploaderSettings(local.url),
    CAMERA_URL: camera.address,
    HEALTH_FILE: healthFile,
  });
  await heard({ services: { table } });
  assert.equal(camera.viewers, 0, 'nothing is watched before a party');

  const rekognition = new RekognitionClient();
  const kinesisVideo = new KinesisVideoClient();
  const faceId = await openDoor(rekognition, kinesisVideo);
  await wishes.write(true);
  const named = () =>
    records.find(({ faces }) =>
      faces.some(({ matches }) => matches.some((match) => match.faceId === faceId)),
    );
  await eventually('Anna is named', () => named() !== undefined, patience);
  const { time, clock } = frameTime(named()!);
  assert.equal(clock, 'producer');
  assert.ok(Math.abs(time - Date.now()) < 30_000);
  assert.deepEqual(checkHealth(healthFile), { healthy: true, words: 'It watches the door.' });

  const archive = new KinesisVideoArchivedMediaClient();
  const pictureOf = async () => {
    const { Images } = await archive.send(
      new GetImagesCommand({
        StreamName: names.videoStream,
        ImageSelectorType: 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(time),
        EndTimestamp: new Date(time + 1000),
        Format: 'JPEG',
        MaxResults: 1,
      }),
    );
    return Images?.[0]?.ImageContent;
  };
  await eventually('the frame’s picture is kept', async () => (await pictureOf()) !== undefined, patience);

  const pulse = await heard({ services: { table } }, 'that uploads', ({ frames }) => frames > 0);
  assert.equal(pulse.problem, undefined);
  await wishes.write(false);
  await heard({ services: { table } }, 'that only waits', ({ serves }) => serves === undefined);
  producer.child.kill('SIGTERM');
  assert.equal(await producer.ended, 0);
  for (const client of [documents, rekognition, kinesisVideo, archive]) client.destroy();
});

/** A stream processor that runs, and Anna in the collection. @returns her FaceId */
async function openDoor(rekognition: RekognitionClient, video: KinesisVideoClient): Promise<string> {
  const { StreamInfo } = await video.send(new DescribeStreamCommand({ StreamName: names.videoStream }));
  const CollectionId = names.collection;
  await rekognition.send(new CreateCollectionCommand({ CollectionId }));
  const { FaceRecords } = await rekognition.send(
    new IndexFacesCommand({
      CollectionId,
      Image: { Bytes: await portrait('anna') },
      ExternalImageId: 'photo-1',
    }),
  );
  const Name = 'front-door';
  await rekognition.send(
    new CreateStreamProcessorCommand({
      Name,
      RoleArn: `arn:aws:iam::${names.account}:role/stream-processor`,
      Input: { KinesisVideoStream: { Arn: StreamInfo?.StreamARN } },
      Output: {
        KinesisDataStream: {
          Arn: `arn:aws:kinesis:${names.region}:${names.account}:stream/${names.dataStream}`,
        },
      },
      Settings: { FaceSearch: { CollectionId, FaceMatchThreshold: 80 } },
    }),
  );
  await rekognition.send(new StartStreamProcessorCommand({ Name }));
  return FaceRecords![0]!.Face!.FaceId!;
}
