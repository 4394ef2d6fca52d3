import type { ScheduledEvent } from 'aws-lambda';
import { sendTimeout } from '../bot/chat.ts';
import { reportAlarm } from '../party/alarms/report-alarm.ts';
import { reportStill } from '../party/arrivals/report-still.ts';
import type { Chat } from '../party/chat.ts';
import { second } from '../party/clock.ts';
import { createDispatcher } from '../party/dispatch.ts';
import { sweepLeftovers } from '../party/leftovers/sweep.ts';
import { loggable } from '../party/loggable.ts';
import { followStart, takeUpStart } from '../party/parties/bring-to-start.ts';
import { endParty } from '../party/parties/end-party.ts';
import { warnOfEnd } from '../party/parties/end-warning.ts';
import { askMorningAfter } from '../party/parties/morning-after.ts';
import type { Party } from '../party/parties/party.ts';
import { reportProducer } from '../party/parties/producer-alerts.ts';
import { reportSilence } from '../party/parties/silence.ts';
import { reportSlowness } from '../party/parties/slow-door.ts';
import { stopUnusedRecognition } from '../party/recognition/stop-unused.ts';
import { createServices, type Services } from '../party/services.ts';
import { deleteOldPhotos } from '../party/settings/delete-old-photos.ts';
import { announceNamed } from '../party/unknown-faces/announce-named.ts';
import { takeUpWaiting } from '../party/unknown-faces/ask-hosts.ts';
import { deleteUnknown } from '../party/unknown-faces/delete-unknown.ts';
import { type AlarmEvent, alarmsIn } from './alarm-event.ts';
import { allToTheirEnd } from './all-to-their-end.ts';
import { buildChat } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Looks after the house once a minute, and reports CloudWatch's alarms when it is brought one. */
export type Tick = (event?: unknown) => Promise<void>;

/** How long pending messages are sent, in milliseconds: the Lambda lives for 30 s. */
const sendsPendingFor = 18 * second;

/** How long a start that takes longer is worked on at a time, milliseconds. */
const startsFor = 12 * second;

/** Builds the handler from what it needs. */
export function createTick(services: Services, chat: Chat): Tick {
  const { parties, recognition, now, log } = services;
  const dispatcher = createDispatcher(services, chat);

  async function lookAfter(party: Party): Promise<void> {
    const overdue = party.endsAt <= now();
    // At once, and once, whatever the chat does: it may take all the time that this Lambda has, minute after minute.
    const stopping = overdue ? recognition.stop() : undefined;
    // Whoever ends the party hears of it.
    stopping?.catch(() => {});
    const reports = allToTheirEnd(
      [
        () =>
          followStart(services, chat, party).catch((error: unknown) =>
            log.warn('How a start goes was not told', loggable(error)),
          ),
        () => reportSilence(services, dispatcher, party),
        () => reportSlowness(services, dispatcher, party),
        () => reportStill(services, dispatcher, party),
        () => reportProducer(services, dispatcher, party),
        () => services.costs?.note(party),
        () => warnOfEnd(services, dispatcher, party),
        () => (overdue ? undefined : takeUpWaiting(services, party)),
        () => (overdue ? undefined : announceNamed(services, dispatcher, party)),
      ],
      log,
    ).catch((error: unknown) => ({ error }));
    // All to their end, whatever failed: left behind, a stop would go on when the next tick runs, and stop the next party's.
    const stopped = stopping?.catch(() => {});
    if (stopping)
      await endParty(services, dispatcher, party, 'time is over', stopping).finally(() =>
        Promise.all([stopped, reports]),
      );
    const failed = await reports;
    if (failed) throw failed.error;
  }

  /** No party is on: one is being started, or nothing is to watch. */
  async function startOrStop(): Promise<void> {
    if (!(await takeUpStart(services, chat, now() + startsFor))) await stopUnusedRecognition(services);
  }

  /** The next look, an hour later, finds the same: nobody is to hear an alarm of it. */
  const noSweep = (error: unknown): void =>
    services.log.warn('Leftovers were not looked for', loggable(error));

  /**
   * Both to their end: neither is held up by what is wrong with the other.
   *
   * @param until when no message is begun any more
   */
  async function sideBySide(party: Party | undefined, until: number): Promise<void> {
    const looks = await Promise.allSettled([
      party ? lookAfter(party) : startOrStop(),
      dispatcher.sendPending({ until, waits: true }),
    ]);
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
  }

  /** It can wait, and a party has better things to do. */
  const whenNoneIsOn = [
    () => askMorningAfter(services, dispatcher),
    () => deleteOldPhotos(services, dispatcher),
    () => sweepLeftovers(services).catch(noSweep),
  ];

  return async (event) => {
    const until = now() + sendsPendingFor;
    const alarms = alarmsIn(event, log);
    if (alarms) {
      for (const alarm of alarms) await reportAlarm(services, dispatcher, alarm);
      return;
    }
    const party = await parties.latest();
    // What has to be forgotten is, whatever is wrong with the rest.
    await allToTheirEnd(
      [
        () => sideBySide(party, until),
        // Also while the next party is on: nobody's face outlives its own.
        () => deleteUnknown(services, chat),
        ...(party ? [] : whenNoneIsOn),
      ],
      log,
    );
  };
}

/** Lambda's entry: a schedule, every minute, and the topic of alarms. */
export const handler: Entry<ScheduledEvent | AlarmEvent, void> = entry(
  'tick',
  createServices,
  async (services) => createTick(services, await buildChat(services, sendTimeout)),
);
