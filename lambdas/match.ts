import type { KinesisStreamBatchResponse, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { sendTimeout } from '../bot/chat.ts';
import { createArrivalServices } from '../party/arrival-services.ts';
import type { PlacedRecord } from '../party/arrivals/seen-guests.ts';
import { loggedId } from '../party/arrivals/sightings.ts';
import { Welcome, type WelcomeServices } from '../party/arrivals/welcome.ts';
import type { Chat } from '../party/chat.ts';
import { second } from '../party/clock.ts';
import { BrokenRecordError } from '../party/errors.ts';
import { ClockOff } from '../party/parties/clock-off.ts';
import { type NoticeChat, noticesOf } from '../party/parties/notices.ts';
import { Watch, type WatchServices } from '../party/parties/watch.ts';
import { frameTime } from '../party/record/frame-time.ts';
import { parseRecord } from '../party/record/record.ts';
import { buildChat } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Face-search records in, arrivals out. `began` is when the invocation began, milliseconds since 1970. */
export type Match = (event: KinesisStreamEvent, began?: number) => Promise<KinesisStreamBatchResponse>;

/** What the match says to people. */
export type MatchChat = Pick<
  Chat,
  'announceArrival' | 'announceTogether' | 'sendArrivalPicture' | 'reportGap' | 'showStart'
> &
  NoticeChat;

/** Builds the handler from what it needs. */
export function createMatch(services: WelcomeServices & WatchServices, chat: MatchChat): Match {
  const says = only(chat);
  const welcome = new Welcome(services, says);
  const watch = new Watch(services, says);
  const clockOff = new ClockOff(services, says);
  const { log, metrics } = services;
  async function handle(event: KinesisStreamEvent, began: number): Promise<readonly string[]> {
    const records = event.Records.flatMap((record) => readable(record, services));
    // Side by side, for no guest waits for a notice; and both to their end, for nothing may outlive the invocation.
    const moments = records.map(({ record }) => frameTime(record).time);
    const watched = watch.saw(moments);
    const welcomed = await welcome.batch(records, began).finally(() => watched);
    if (welcomed.failed.length === 0) await watch.handled(moments);
    if (welcomed.clockOffAt !== undefined) await clockOff.report(welcomed.clockOffAt);
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
    return welcomed.failed;
  }

  return async (event, began = services.now()) => {
    let failed: readonly string[] | undefined;
    try {
      failed = await handle(event, began);
      return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
    } finally {
      // Lambda counts an answer as a success, also one that says that all of it is to come again.
      if (failed?.length !== 0) metrics.count('BatchesFailed');
    }
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

/** Recaps and alarms are the tick's: this Lambda's role may not look up what they say. */
function only(chat: MatchChat): MatchChat {
  const { announceArrival, announceTogether, sendArrivalPicture, reportGap, showStart } = chat;
  return {
    ...{ announceArrival, announceTogether, sendArrivalPicture, reportGap, showStart },
    ...noticesOf(chat),
  };
}

/** Lambda's entry: an event source mapping of the Kinesis data stream, with partial batch responses. */
export const handler: Entry<KinesisStreamEvent, KinesisStreamBatchResponse> = entry(
  'match',
  createArrivalServices,
  async (services) => createMatch(services, await buildChat(services, sendTimeout)),
);
