import type { ScheduledEvent } from 'aws-lambda';
import type { Api } from 'grammy';
import { announceTimeout, createAnnouncer } from '../bot/announce.ts';
import { endParty } from '../bot/end-party.ts';
import { createAlarmTeller } from '../bot/tell-alarm.ts';
import { createWatchTellers, type WatchTellers } from '../bot/tell-watch.ts';
import { type Announce, Telling } from '../party/arrivals/telling.ts';
import type { Party } from '../party/parties/parties.ts';
import { noticeSilence } from '../party/parties/silence.ts';
import { Watch } from '../party/parties/watch.ts';
import { stopWithoutParty } from '../party/recognition/stop-unused.ts';
import { createServices, type Services } from '../party/services.ts';
import { type AlarmEvent, alarmsIn } from './alarm-event.ts';
import { buildApi } from './bot-api.ts';
import { type Entry, entry } from './entry.ts';

/** Looks after the house once a minute, and tells of CloudWatch's alarms when it is brought one. */
export type Tick = (event?: unknown) => Promise<void>;

/** Builds the handler from what it needs. */
export function createTick(
  services: Services,
  api: Api,
  announce: Announce,
  { tellGap, tellSilence }: WatchTellers,
): Tick {
  const telling = new Telling(services, announce);
  const watch = new Watch(services, tellGap);
  const tellAlarm = createAlarmTeller(services, api);

  async function lookAfter(party: Party): Promise<void> {
    const overdue = party.endsAt <= services.now();
    const looks = await Promise.allSettled([
      telling.leftOver(party, 0),
      watch.leftOver(party),
      noticeSilence(services, party, tellSilence),
      // At once, and not only when the party ends: a chat that hangs may take all the time that this Lambda has,
      // minute after minute. If it fails, the end of the party fails likewise and says so.
      ...(overdue ? [services.recognition.stop().catch(() => {})] : []),
    ]);
    if (overdue) await endParty(services, api, party, 'time is over');
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
  }

  return async (event) => {
    const alarms = alarmsIn(event, services.log);
    if (alarms) {
      for (const alarm of alarms) await tellAlarm(alarm);
      return;
    }
    const party = await services.parties.latest();
    if (party) await lookAfter(party);
    else await stopWithoutParty(services);
  };
}

/** Lambda's entry: a schedule, every minute, and the topic of alarms. */
export const handler: Entry<ScheduledEvent | AlarmEvent, void> = entry(
  'tick',
  createServices,
  async (services) => {
    const { api, botId } = await buildApi(services, announceTimeout);
    const { announce } = createAnnouncer(services, api, botId);
    return createTick(services, api, announce, createWatchTellers(services, api));
  },
);
