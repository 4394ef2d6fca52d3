import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { Alarms } from './alarms.ts';
import { type ArrivalServices, createArrivalServices, type Surroundings } from './arrival-services.ts';
import { Claims } from './claim.ts';
import type { Clock } from './clock.ts';
import { Collection } from './collection.ts';
import type { Config } from './config.ts';
import { Hosts } from './hosts.ts';
import { AsleepRecognition } from './recognition/asleep.ts';
import { ImagesRecognition } from './recognition/images.ts';
import { Pulses } from './recognition/pulse.ts';
import type { Recognition } from './recognition/recognition.ts';
import { VideoRecognition } from './recognition/video.ts';
import { Wishes } from './recognition/wish.ts';
import type { Storage } from './storage.ts';
import type { Table } from './table.ts';

/** All of the party, built: what the bot and the Lambdas are handed. */
export interface Services extends ArrivalServices {
  readonly claims: Claims;
  readonly hosts: Hosts;
  readonly alarms: Alarms;
  readonly collection: Collection;
  readonly recognition: Recognition;
}

/** Builds everything from the settings. The SDK's clients find Region, credentials and endpoint themselves. */
export function createServices(config: Config, surroundings: Surroundings): Services {
  const services = createArrivalServices(config, surroundings);
  const { table, storage, now } = services;
  const rekognition = new RekognitionClient();
  return {
    ...services,
    claims: new Claims(table, now),
    hosts: new Hosts(table, now),
    alarms: new Alarms(table, now),
    collection: new Collection(rekognition, config.COLLECTION_ID),
    recognition: createRecognition(config, { table, storage, rekognition, now }),
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
