import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { kinesisVideoService } from '../../../../local/aws/kinesis-video/control.ts';
import { VideoStreams } from '../../../../local/aws/kinesis-video/video-streams.ts';
import type { Media } from '../../../../local/aws/media.ts';
import { startRekognition } from '../../../../local/aws/rekognition/rekognition.ts';
import { startAwsServer } from '../../../../local/aws/server.ts';
import { faceEngine } from '../../../../local/face-engine.ts';
import type { FaceSearchRecordJson } from '../../../../party/record/record.ts';
import type { Recognizer } from '../../../../vision/recognizer.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { clientOptions, localCredentials } from '../clients.ts';

/** What a world is made with; what is left out is empty. */
export interface WorldOptions {
  readonly recognizer: Recognizer;
  readonly folder?: string;
  readonly media?: (streamName: string) => Media | undefined;
}

/** The ARN of the data stream that a world has while `hasDataStream` is true. */
export const dataStreamArn = 'arn:aws:kinesis:us-east-1:000000000000:stream/sightings';

/** Rekognition and Kinesis Video on a port of their own, with a bucket and a data stream in memory. */
export async function openWorld({ recognizer, media = () => undefined, ...options }: WorldOptions) {
  const folder = options.folder ?? (await emptyFolder());
  const objects = new Map<string, Uint8Array>();
  const records: { partitionKey: string; record: FaceSearchRecordJson }[] = [];
  const log: string[] = [];
  const world = { hasDataStream: true };
  const videoStreams = new VideoStreams(folder);
  const rekognition = startRekognition({
    folder,
    engine: faceEngine(recognizer),
    videoStreams,
    media,
    readObject: async (bucket, key) => objects.get(`${bucket}/${key}`),
    dataStream: (arn) => {
      if (!world.hasDataStream || arn !== dataStreamArn) return undefined;
      return (partitionKey, data) =>
        records.push({ partitionKey, record: JSON.parse(Buffer.from(data).toString()) });
    },
    log: (line) => log.push(line),
  });
  const aws = await startAwsServer({
    port: 0,
    credentials: localCredentials,
    services: [rekognition.service, kinesisVideoService(videoStreams, () => aws.url)],
    log: (line) => log.push(line),
  });
  const client = new RekognitionClient(clientOptions(aws));
  const video = new KinesisVideoClient(clientOptions(aws));
  return Object.assign(world, {
    folder,
    aws,
    client,
    video,
    objects,
    records,
    log,
    /** Ends the program; its folder stays as long as the test's process. */
    async close() {
      client.destroy();
      video.destroy();
      await aws.close();
      await rekognition.close();
    },
  });
}

/** A world of {@link openWorld}. */
export type World = Awaited<ReturnType<typeof openWorld>>;
