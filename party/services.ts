import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Alarms } from './alarms.ts';
import { Arrivals } from './arrivals.ts';
import { Claims } from './claim.ts';
import type { Clock } from './clock.ts';
import { Collection } from './collection.ts';
import type { Config } from './config.ts';
import { Gaps } from './gaps.ts';
import { Guests } from './guests.ts';
import { Hosts } from './hosts.ts';
import type { Log } from './log.ts';
import { type Metrics, unmeasured } from './metrics.ts';
import { Parties } from './parties.ts';
import { People } from './people.ts';
import { Pictures } from './pictures.ts';
import { AsleepRecognition } from './recognition/asleep.ts';
import { ImagesRecognition } from './recognition/images.ts';
import { Pulses } from './recognition/pulse.ts';
import type { Recognition } from './recognition/recognition.ts';
import { VideoRecognition } from './recognition/video.ts';
import { Wishes } from './recognition/wish.ts';
import { type BotSecret, readBotSecret } from './secret.ts';
import { Songs } from './songs.ts';
import { Storage } from './storage.ts';
import { Table } from './table.ts';
import { Topic } from './topic.ts';

/** All of the party, built: what the bot and the Lambdas are handed. */
export interface Services {
  readonly config: Config;
  readonly now: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly table: Table;
  readonly claims: Claims;
  readonly hosts: Hosts;
  readonly people: People;
  readonly guests: Guests;
  readonly songs: Songs;
  readonly parties: Parties;
  readonly arrivals: Arrivals;
  readonly gaps: Gaps;
  readonly alarms: Alarms;
  readonly storage: Storage;
  readonly collection: Collection;
  readonly recognition: Recognition;
  readonly topic: Topic;
  readonly pictures: Pictures;
  /** The bot's token and secrets; fetched once and kept as long as the process lives. */
  botSecret(): Promise<BotSecret>;
}

/** What differs between a Lambda and a test. */
export interface Surroundings {
  readonly log: Log;
  /** Nothing is measured without it. */
  readonly metrics?: Metrics;
  readonly now?: Clock;
}

/** Builds everything from the settings. The SDK's clients find Region, credentials and endpoint themselves. */
export function createServices(
  config: Config,
  { log, metrics = unmeasured, now = Date.now }: Surroundings,
): Services {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = new Table(documents, config.TABLE_NAME);
  const rekognition = new RekognitionClient();
  const storage = new Storage(new S3Client(), config.BUCKET_NAME);
  const secrets = new SecretsManagerClient();
  let secret: Promise<BotSecret> | undefined;
  return {
    config,
    now,
    log,
    metrics,
    table,
    claims: new Claims(table, now),
    hosts: new Hosts(table, now),
    people: new People(table),
    guests: new Guests(table, now),
    songs: new Songs(table),
    parties: new Parties(table, now),
    arrivals: new Arrivals(table, now),
    gaps: new Gaps(table, now),
    alarms: new Alarms(table, now),
    storage,
    collection: new Collection(rekognition, config.COLLECTION_ID),
    recognition: createRecognition(config, { table, storage, rekognition, now }),
    topic: new Topic(new SNSClient(), config.TOPIC_ARN),
    pictures: new Pictures(new LambdaClient(), config.PICTURES_FUNCTION),
    botSecret() {
      secret ??= readBotSecret(secrets, config.BOT_SECRET_ID).catch((error) => {
        secret = undefined; // not kept: the next call asks again
        throw error;
      });
      return secret;
    },
  };
}

function createRecognition(
  config: Config,
  parts: { table: Table; storage: Storage; rekognition: RekognitionClient; now: Clock },
): Recognition {
  const { table, storage, rekognition, now } = parts;
  switch (config.RECOGNITION) {
    case 'video': {
      const clients = { rekognition, kinesis: new KinesisClient(), kinesisVideo: new KinesisVideoClient() };
      return new VideoRecognition(clients, config, now);
    }
    case 'images': {
      const wishes = new Wishes(table, now);
      return new ImagesRecognition({ wishes, pulses: new Pulses(table), storage }, now);
    }
    case 'asleep':
      return new AsleepRecognition();
  }
}
