import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ServiceOptions } from '../arrival-services.ts';
import { Arrivals } from '../arrivals/arrivals.ts';
import type { Clock, Pause } from '../clock.ts';
import type { Config } from '../config.ts';
import { Guests } from '../guests/guests.ts';
import { machineClock } from '../monotonic-clock.ts';
import { Parties } from '../parties/parties.ts';
import { Songs } from '../songs/songs.ts';
import { clientOptions } from '../stores/call-timeout.ts';
import { type PresignedAddresses, presignedAddresses } from '../stores/presigned.ts';
import { Table } from '../stores/table.ts';
import { ScreenLinks } from './screen-links.ts';

/** What the door screen is shown from. It only reads: whoever gets hold of it changes nothing, and reads no secret. */
export interface ScreenServices {
  readonly now: Clock;
  readonly pause: Pause;
  readonly links: ScreenLinks;
  readonly parties: Parties;
  readonly arrivals: Arrivals;
  readonly guests: Guests;
  readonly songs: Songs;
  readonly addresses: PresignedAddresses;
}

/** Builds it from the settings. The SDK's clients find Region, credentials and endpoint themselves. */
export function createScreenServices(
  { TABLE_NAME, BUCKET_NAME, S3_PUBLIC_ROOT, CALL_TIMEOUT_SECONDS }: Config,
  { clock = machineClock, pause = delay }: Pick<ServiceOptions, 'clock' | 'pause'>,
): ScreenServices {
  const { now } = clock;
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions({ CALL_TIMEOUT_SECONDS })));
  const table = new Table(documents, TABLE_NAME);
  return {
    now,
    pause,
    links: new ScreenLinks(table, now),
    parties: new Parties(table, now),
    arrivals: new Arrivals(table),
    guests: new Guests(table, now),
    songs: new Songs(table),
    addresses: presignedAddresses(BUCKET_NAME, S3_PUBLIC_ROOT),
  };
}
