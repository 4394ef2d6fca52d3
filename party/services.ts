import { Alarms } from './alarms/alarms.ts';
import { type ArrivalServices, createArrivalServices, type ServiceOptions } from './arrival-services.ts';
import type { Config } from './config.ts';
import { type Costs, createCosts } from './costs/costs.ts';
import { Hosts } from './hosts/hosts.ts';
import { Invitations } from './hosts/invitations.ts';
import { type Lazy, lazy } from './lazy-service.ts';
import { Claims } from './outbox/claim.ts';
import { AsleepRecognition } from './recognition/asleep.ts';
import { ImagesRecognition } from './recognition/images.ts';
import { Pulses } from './recognition/pulse.ts';
import type { Recognition } from './recognition/recognition.ts';
import { Wishes } from './recognition/wish.ts';
import { RecognitionWithProducer } from './recognition/with-producer.ts';
import { clientOptions } from './stores/call-timeout.ts';
import type { Collection } from './stores/collection.ts';

/** All of the party, built: what the bot and the Lambdas are handed. */
export interface Services extends ArrivalServices {
  readonly claims: Claims;
  readonly hosts: Hosts;
  readonly invitations: Invitations;
  readonly alarms: Alarms;
  /** What parties cost; undefined where nobody is charged. */
  readonly costs: Costs | undefined;
  readonly collection: Lazy<Collection>;
  readonly recognition: Recognition;
}

/** Builds everything from the settings. The SDK's clients find Region, credentials and endpoint themselves. */
export function createServices(config: Config, options: ServiceOptions): Services {
  const services = createArrivalServices(config, options);
  const { table, now } = services;
  return {
    ...services,
    claims: new Claims(table, now),
    hosts: new Hosts(table, now),
    invitations: new Invitations(table, now),
    alarms: new Alarms(table),
    costs: createCosts(config, table),
    collection: lazy(async () =>
      (await import('./stores/collection.ts')).createCollection(config.COLLECTION_ID, clientOptions(config)),
    ),
    recognition: lazy(() => loadRecognition(services)),
  };
}

async function loadRecognition({
  config,
  table,
  storage,
  now,
  pause,
}: ArrivalServices): Promise<Recognition> {
  const producer = { wishes: new Wishes(table, now), pulses: new Pulses(table) };
  switch (config.RECOGNITION) {
    case 'video': {
      const { createVideoRecognition } = await import('./recognition/video.ts');
      return new RecognitionWithProducer(
        createVideoRecognition(config, now, clientOptions(config), pause),
        producer,
        now,
        pause,
      );
    }
    case 'images':
      return new ImagesRecognition({ ...producer, storage }, now);
    case 'asleep':
      return new AsleepRecognition();
  }
}
