import type { Api } from 'grammy';
import { announceTimeout, createAnnouncer } from '../bot/announce.ts';
import { endParty } from '../bot/end-party.ts';
import { createWatchTellers, type WatchTellers } from '../bot/tell-watch.ts';
import type { Services } from '../party/services.ts';
import { noticeSilence } from '../party/silence.ts';
import { Watch } from '../party/watch.ts';
import { type Announce, Welcome } from '../party/welcome.ts';
import { once } from './once.ts';
import { buildApi, buildServices } from './surroundings.ts';

/** Looks after the house once a minute. */
export type Tick = () => Promise<void>;

/** Builds the handler from what it needs. */
export function createTick(
  services: Services,
  api: Api,
  announce: Announce,
  { tellGap, tellSilence }: WatchTellers,
): Tick {
  const welcome = new Welcome(services, announce);
  const watch = new Watch(services, tellGap);
  return async () => {
    const party = await services.parties.latest();
    if (!party) return;
    const looks = await Promise.allSettled([
      welcome.leftOver(party, 0),
      watch.leftOver(party),
      noticeSilence(services, party, tellSilence),
    ]);
    if (party.endsAt <= services.now()) await endParty(services, api, party, 'time is over');
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
  };
}

const built = once(async () => {
  const services = buildServices('tick');
  const { api, botId } = await buildApi(services, announceTimeout);
  const { announce } = createAnnouncer(services, api, botId);
  return createTick(services, api, announce, createWatchTellers(services, api));
});

/** Lambda's entry: a schedule, every minute. */
export const handler: Tick = async () => (await built())();
