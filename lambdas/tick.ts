import type { ScheduledEvent } from 'aws-lambda';
import { sendTimeout } from '../bot/chat.ts';
import { reportAlarm } from '../party/alarms/report-alarm.ts';
import { Announcer } from '../party/arrivals/announcer.ts';
import type { Chat } from '../party/chat.ts';
import { sweepLeftovers } from '../party/leftovers/sweep.ts';
import { loggable } from '../party/loggable.ts';
import { endParty, retryRecap } from '../party/parties/end-party.ts';
import type { Party } from '../party/parties/parties.ts';
import { reportSilence } from '../party/parties/silence.ts';
import { Watch } from '../party/parties/watch.ts';
import { stopUnusedRecognition } from '../party/recognition/stop-unused.ts';
import { createServices, type Services } from '../party/services.ts';
import { type AlarmEvent, alarmsIn } from './alarm-event.ts';
import { buildChat } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Looks after the house once a minute, and reports CloudWatch's alarms when it is brought one. */
export type Tick = (event?: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createTick(services: Services, chat: Chat): Tick {
  const announcer = new Announcer(services, chat);
  const watch = new Watch(services, chat);

  async function lookAfter(party: Party): Promise<void> {
    const overdue = party.endsAt <= services.now();
    const looks = await Promise.allSettled([
      announcer.retryPending(party, 0),
      watch.retryPending(party),
      reportSilence(services, chat, party),
      // At once, and not only when the party ends: a chat that hangs may take all the time that this Lambda has,
      // minute after minute. If it fails, the end of the party fails likewise and says so.
      ...(overdue ? [services.recognition.stop().catch(() => {})] : []),
    ]);
    if (overdue) await endParty(services, chat, party, 'time is over');
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
  }

  /** The next look, an hour later, finds the same: nobody is to hear an alarm of it. */
  const noSweep = (error: unknown): void =>
    services.log.warn('Leftovers were not looked for', loggable(error));

  return async (event) => {
    const alarms = alarmsIn(event, services.log);
    if (alarms) {
      for (const alarm of alarms) await reportAlarm(services, chat, alarm);
      return;
    }
    const party = await services.parties.latest();
    if (party) await lookAfter(party);
    else await stopUnusedRecognition(services);
    await retryRecap(services, chat);
    // It can wait, and a party has better things to do.
    if (!party) await sweepLeftovers(services).catch(noSweep);
  };
}

/** Lambda's entry: a schedule, every minute, and the topic of alarms. */
export const handler: Entry<ScheduledEvent | AlarmEvent, void> = entry(
  'tick',
  createServices,
  async (services) => createTick(services, await buildChat(services, sendTimeout)),
);
