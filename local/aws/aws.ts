import type { Recognizer } from '../../vision/recognizer.ts';
import type { LambdaFunctions } from '../lambda/functions.ts';
import type { AsyncInvocations } from '../lambda/invoke.ts';
import { openDynamoDb } from './dynamodb.ts';
import { DataStreams } from './kinesis/data-streams.ts';
import { kinesisService } from './kinesis/service.ts';
import { kinesisVideoService } from './kinesis-video/control.ts';
import { archivedMediaService } from './kinesis-video/get-images.ts';
import { VideoStreams } from './kinesis-video/video-streams.ts';
import { lambdaService } from './lambda.ts';
import type { Media } from './media.ts';
import { startRekognition } from './rekognition/rekognition.ts';
import { ObjectStore } from './s3/object-store.ts';
import { s3Service } from './s3/service.ts';
import { Secrets } from './secrets.ts';
import { secretsManagerService } from './secrets-manager.ts';
import { type AwsServerOptions, startAwsServer } from './server.ts';
import { snsService } from './sns/service.ts';
import { Topics } from './sns/topics.ts';

/** What AWS on this machine is made of. */
export interface AwsOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** The data folder; each service keeps a folder of its own in it. */
  readonly folder: string;
  readonly credentials: AwsServerOptions['credentials'];
  /** Told each call, for whoever holds the callers to what they may do. */
  readonly onCall?: AwsServerOptions['onCall'];
  readonly recognizer: Recognizer;
  /** What a video stream's camera gives; undefined for a stream that no camera here feeds. */
  readonly media: (streamName: string) => Media | undefined;
  readonly functions: LambdaFunctions;
  readonly events: AsyncInvocations;
}

/** AWS as it runs. */
export interface Aws {
  readonly url: string;
  readonly port: number;
  readonly dataStreams: DataStreams;
  readonly topics: Topics;
  close(): Promise<void>;
}

/**
 * All AWS services on one loopback port, with what they keep.
 *
 * @throws PortTakenError
 */
export async function startAws(options: AwsOptions): Promise<Aws> {
  const { port, folder, credentials, recognizer, media, functions, events } = options;
  const dynamoDb = openDynamoDb(folder);
  const dataStreams = new DataStreams(folder);
  const videoStreams = new VideoStreams(folder);
  const objects = new ObjectStore(folder);
  const topics = new Topics(folder);
  const rekognition = startRekognition({
    folder,
    recognizer,
    videoStreams,
    media,
    readObject: (bucket, key) => objects.readObject(bucket, key),
    dataStream: (arn) => {
      const stream = dataStreams.find(arn.split('/').at(-1) ?? '')?.stream;
      return stream && ((partitionKey, data) => stream.put(partitionKey, data));
    },
  });
  let url = '';
  const release = async (): Promise<void> => {
    await rekognition.close();
    dataStreams.close();
    topics.close();
    await dynamoDb.close();
  };
  try {
    const server = await startAwsServer({
      port,
      credentials,
      ...(options.onCall && { onCall: options.onCall }),
      services: [
        rekognition.service,
        kinesisService(dataStreams),
        dynamoDb.service,
        secretsManagerService(new Secrets(folder)),
        snsService(topics),
        kinesisVideoService(videoStreams, () => url),
        archivedMediaService(videoStreams, media),
        lambdaService(functions, events),
        s3Service(objects),
      ],
    });
    url = server.url;
    return {
      url,
      port: server.port,
      dataStreams,
      topics,
      async close() {
        await server.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}
