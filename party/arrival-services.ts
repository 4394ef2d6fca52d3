import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Arrivals } from './arrivals/arrivals.ts';
import type { Automation } from './automation/automation.ts';
import { buildOnce } from './build-once.ts';
import type { Clock, Pause } from './clock.ts';
import type { Config } from './config.ts';
import { Guests } from './guests/guests.ts';
import { People } from './guests/people.ts';
import { type Lazy, lazy } from './lazy-service.ts';
import type { Log } from './log.ts';
import { type Metrics, unmeasured } from './metrics.ts';
import { type MonotonicClock, machineClock } from './monotonic-clock.ts';
import { Destinations } from './outbox/destinations.ts';
import { Outbox } from './outbox/outbox.ts';
import { Gaps } from './parties/gaps.ts';
import { Parties } from './parties/parties.ts';
import { type SightingRules, sightingRules } from './recognition/rules.ts';
import { Settings } from './settings/settings.ts';
import { Songs } from './songs/songs.ts';
import { clientOptions } from './stores/call-timeout.ts';
import type { Pictures } from './stores/pictures-function.ts';
import { type BotSecret, readBotSecret } from './stores/secret.ts';
import type { Storage } from './stores/storage.ts';
import { Table } from './stores/table.ts';
import type { Topic } from './stores/topic.ts';

/**
 * What it takes to announce arrivals. A guest waits at the door while the match Lambda starts: what it never asks, the
 * recognition and all of Rekognition, is not among it and so not in its bundle; and what is not needed for the message
 * is loaded later.
 */
export interface ArrivalServices {
  readonly config: Config;
  readonly now: Clock;
  /** How far `now` is ahead of this computer's clock, which was set back: milliseconds, 0 when the two agree. */
  readonly clockAhead: () => number;
  readonly pause: Pause;
  readonly log: Log;
  readonly metrics: Metrics;
  /** What hosts have set. */
  readonly settings: Settings;
  readonly table: Table;
  /** What is not sent yet, and where it goes. */
  readonly outbox: Outbox;
  readonly destinations: Destinations;
  readonly people: People;
  readonly guests: Guests;
  readonly songs: Songs;
  readonly parties: Parties;
  readonly arrivals: Arrivals;
  readonly gaps: Gaps;
  readonly storage: Lazy<Storage>;
  readonly topic: Lazy<Topic>;
  readonly pictures: Lazy<Pictures>;
  /** What makes a record's face a sighting, by the recognition that wrote it. */
  readonly rules: SightingRules;
  /** The bot's token and secrets; fetched once and kept as long as the process lives. */
  botSecret(): Promise<BotSecret>;
  /** Where arrivals are posted to besides the chat; undefined when nowhere. */
  arrivalWebhook(): Promise<Automation | undefined>;
}

/** What the services are built with besides the settings: what differs between a Lambda and a test. */
export interface ServiceOptions {
  readonly log: Log;
  /** Nothing is measured without it. */
  readonly metrics?: Metrics;
  /** This process's when not given. */
  readonly clock?: Pick<MonotonicClock, 'now' | 'ahead'>;
  /** Waits between two looks. */
  readonly pause?: Pause;
}

/** Builds it from the settings. The SDK's clients find Region, credentials and endpoint themselves. */
export function createArrivalServices(
  config: Config,
  { log, metrics = unmeasured, clock = machineClock, pause = delay }: ServiceOptions,
): ArrivalServices {
  const { now } = clock;
  const options = clientOptions(config);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = new Table(documents, config.TABLE_NAME);
  const secrets = new SecretsManagerClient(options);
  const { BOT_SECRET_ID, BOT_SECRET_VERSION } = config;
  const botSecret = buildOnce(() => readBotSecret(secrets, BOT_SECRET_ID, BOT_SECRET_VERSION));
  return {
    config,
    now,
    clockAhead: () => clock.ahead,
    pause,
    log,
    metrics,
    table,
    settings: new Settings(table, now, config.PARTY_TZ),
    outbox: new Outbox(table, now),
    destinations: new Destinations(table, now),
    people: new People(table),
    guests: new Guests(table, now),
    songs: new Songs(table),
    parties: new Parties(table, now),
    arrivals: new Arrivals(table),
    gaps: new Gaps(table),
    storage: lazy(async () =>
      (await import('./stores/storage.ts')).createStorage(config.BUCKET_NAME, options),
    ),
    topic: lazy(async () => (await import('./stores/topic.ts')).createTopic(config.TOPIC_ARN, options)),
    pictures: lazy(async () =>
      (await import('./stores/pictures-function.ts')).createPictures(config.PICTURES_FUNCTION, options),
    ),
    rules: sightingRules[config.RECOGNITION],
    botSecret,
    arrivalWebhook: buildOnce(async () => {
      const secret = await botSecret();
      if (secret.arrivalWebhook === undefined) return undefined;
      return (await import('./automation/automation.ts')).createAutomation(secret, config, now);
    }),
  };
}
