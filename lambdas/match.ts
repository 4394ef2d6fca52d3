import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { Api } from 'grammy';
import { announceTimeout, createAnnouncer } from '../bot/announce.ts';
import { clockIsOff } from '../bot/notices.ts';
import { createWatchTellers } from '../bot/tell-watch.ts';
import { createArrivalServices } from '../party/arrival-services.ts';
import { loggedId } from '../party/arrivals/sightings.ts';
import type { Announce } from '../party/arrivals/telling.ts';
import { type PlacedRecord, Welcome, type WelcomeServices } from '../party/arrivals/welcome.ts';
import { second } from '../party/clock.ts';
import { BrokenRecordError } from '../party/errors.ts';
import { loggable } from '../party/loggable.ts';
import { type TellGap, Watch, type WatchServices } from '../party/parties/watch.ts';
import { frameTime } from '../party/record/frame-time.ts';
import { parseRecord } from '../party/record/record.ts';
import { buildApi } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Face-search records in, arrivals out. `began` is when the invocation began, milliseconds since 1970. */
export type Match = (event: KinesisStreamEvent, began?: number) => Promise<KinesisStreamBatchResponse>;

/** Builds the handler from what it needs. */
export function createMatch(
  services: WelcomeServices & WatchServices,
  api: Pick<Api, 'sendMessage'>,
  announce: Announce,
  tellGap: TellGap,
): Match {
  const welcome = new Welcome(services, announce);
  const watch = new Watch(services, tellGap);
  const { log, metrics } = services;
  return async (event, began = services.now()) => {
    const records = event.Records.flatMap((record) => readable(record, services));
    // Side by side, for no guest waits for a notice; and both to their end, for nothing may outlive the invocation.
    const watched = watch.saw(records.map(({ record }) => frameTime(record).time));
    const welcomed = await welcome.batch(records, began).finally(() => watched);
    if (welcomed.clockOff) await tellClockIsOff(services, api);
    metrics.count('RecordsBroken', event.Records.length - records.length);
    metrics.count('RecordsWithoutParty', welcomed.refused.noParty);
    metrics.count('RecordsBeforeParty', welcomed.refused.beforeParty);
    const arrived = welcomed.arrived.map(loggedId);
    log.info('Batch', {
      records: event.Records.length,
      readable: records.length,
      ...welcomed,
      arrived,
    });
    return { batchItemFailures: welcomed.failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** A record that cannot be read is set aside with its reason: coming again would not mend it. */
function readable({ kinesis }: KinesisStreamRecord, { log }: Pick<WelcomeServices, 'log'>): PlacedRecord[] {
  try {
    return [
      {
        sequenceNumber: kinesis.sequenceNumber,
        cameAt: kinesis.approximateArrivalTimestamp * second,
        record: parseRecord(Buffer.from(kinesis.data, 'base64')),
      },
    ];
  } catch (error) {
    if (!(error instanceof BrokenRecordError)) throw error;
    log.warn('Broken record', { sequenceNumber: kinesis.sequenceNumber, reason: error.message });
    return [];
  }
}

async function tellClockIsOff(
  { parties, log }: WelcomeServices,
  api: Pick<Api, 'sendMessage'>,
): Promise<void> {
  try {
    const party = await parties.on();
    if (party && (await parties.tellOnce(party, 'clock'))) await api.sendMessage(party.chatId, clockIsOff);
  } catch (error) {
    // Only a notice: no record comes again for it.
    log.warn('The host was not told of the clock', loggable(error));
  }
}

/** Lambda's entry: an event source mapping of the Kinesis data stream, with partial batch responses. */
export const handler: Entry<KinesisStreamEvent, KinesisStreamBatchResponse> = entry(
  'match',
  createArrivalServices,
  async (services) => {
    const { api, botId } = await buildApi(services, announceTimeout);
    const { announce } = createAnnouncer(services, api, botId);
    return createMatch(services, api, announce, createWatchTellers(services, api).tellGap);
  },
);
