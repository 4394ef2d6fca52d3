import { openDynamoDb } from './dynamodb.ts';
import { DataStreams } from './kinesis/data-streams.ts';
import { kinesisService } from './kinesis/service.ts';
import { bothMedia } from './kinesis-video/both-media.ts';
import { kinesisVideoService } from './kinesis-video/control.ts';
import { archivedMediaService } from './kinesis-video/get-images.ts';
import { getMediaService } from './kinesis-video/get-media.ts';
import { putMediaService } from './kinesis-video/put-media.ts';
import { Uploads } from './kinesis-video/uploads.ts';
import { VideoStreams } from './kinesis-video/video-streams.ts';
import { type LambdaInvoker, lambdaService } from './lambda.ts';
import type { Media } from './media.ts';
import type { FaceEngine } from './rekognition/face-engine.ts';
import { startRekognition } from './rekognition/rekognition.ts';
import type { ObjectFileOptions } from './s3/object-files.ts';
import { ObjectStore } from './s3/object-store.ts';
import { s3Service } from './s3/service.ts';
import { Secrets } from './secrets.ts';
import { secretsManagerService } from './secrets-manager.ts';
import { type AwsServerOptions, startAwsServer } from './server.ts';
import type { Service } from './service.ts';
import { snsService } from './sns/service.ts';
import { Topics } from './sns/topics.ts';

/** What AWS on this machine is made of. */
export interface AwsOptions extends ObjectFileOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** The data folder; each service keeps a folder of its own in it. */
  readonly folder: string;
  readonly credentials: AwsServerOptions['credentials'];
  /** Told each call, for whoever holds the callers to what they may do. */
  readonly onCall?: AwsServerOptions['onCall'];
  /** Finds faces and tells them apart, for Rekognition. */
  readonly engine: FaceEngine;
  /** What a video stream's camera gives; undefined for a stream that no camera here feeds. Uploads are taken besides. */
  readonly media: (streamName: string) => Media | undefined;
  /** The functions that Lambda invokes; without it there are none. */
  readonly functions?: LambdaInvoker;
  /** Services beside those that are here. */
  readonly others?: readonly Service[];
  /** The clock that AWS goes by, milliseconds since 1970; the machine's when not given. */
  readonly now?: () => number;
}

/** AWS as it runs. */
export interface Aws {
  readonly url: string;
  readonly port: number;
  readonly dataStreams: DataStreams;
  readonly topics: Topics;
  readonly objects: ObjectStore;
  /** Writes the tables of DynamoDB anew: what was removed from them is on the disk no more. */
  compactTables(): void;
  /** What is uploaded to a video stream, as pictures. */
  uploaded(streamName: string): Media;
  close(): Promise<void>;
}

const noFunctions: LambdaInvoker = {
  has: () => false,
  invoke: () => Promise.reject(new Error('There are no functions.')),
  accept: () => Promise.reject(new Error('There are no functions.')),
};

/**
 * All AWS services on one loopback port, with what they keep.
 *
 * @throws PortTakenError, DamagedError
 */
export async function startAws(options: AwsOptions): Promise<Aws> {
  const { port, folder, credentials, engine, functions = noFunctions } = options;
  const dynamoDb = await openDynamoDb(folder, options);
  const secrets = new Secrets(folder, options);
  const dataStreams = new DataStreams(folder, options.now ? { now: options.now } : {}, options);
  const videoStreams = new VideoStreams(folder, options);
  const uploads = new Uploads();
  const mediaOf = (name: string): Media | undefined => {
    const upload = uploads.of(name);
    const camera = options.media(name);
    return camera ? bothMedia(camera, upload.media, () => upload.isConnected) : upload.media;
  };
  const objects = await ObjectStore.open(folder, options);
  const topics = new Topics(folder, options);
  const rekognition = startRekognition({
    folder,
    onDamage: options.onDamage,
    salvage: options.salvage,
    engine,
    videoStreams,
    media: mediaOf,
    ...(options.now && { now: options.now }),
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
    uploads.close();
    await dynamoDb.close();
  };
  try {
    const server = await startAwsServer({
      port,
      credentials,
      ...(options.onCall && { onCall: options.onCall }),
      ...(options.now && { now: options.now }),
      services: [
        rekognition.service,
        kinesisService(dataStreams, options.now),
        dynamoDb.service,
        secretsManagerService(secrets),
        snsService(topics),
        kinesisVideoService(videoStreams, () => url, uploads),
        archivedMediaService(videoStreams, mediaOf),
        getMediaService(videoStreams, uploads),
        putMediaService({ streams: videoStreams, uploads, now: options.now ?? Date.now }),
        lambdaService(functions),
        ...(options.others ?? []),
        s3Service(objects),
      ],
    });
    url = server.url;
    return {
      url,
      port: server.port,
      dataStreams,
      topics,
      objects,
      compactTables: () => dynamoDb.compact(),
      uploaded: (name) => uploads.of(name).media,
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
