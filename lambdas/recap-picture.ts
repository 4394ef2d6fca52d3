import type { Api } from 'grammy';
import { recapPictureText as text } from '../bot/recap/recap-picture.text.ts';
import { timesOf } from '../bot/times.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import type { Dispatcher } from '../party/outbox/dispatcher.ts';
import { isPrivate, type Party } from '../party/parties/party.ts';
import { readGuests } from '../party/parties/recap.ts';
import { isRecapPictureSent, recapPictureKey, recapPictureMessage } from '../party/parties/recap-picture.ts';
import type { Services } from '../party/services.ts';
import type { PictureJobOf } from '../party/stores/pictures-function.ts';
import { storageKey } from '../party/stores/storage-key.ts';
import { type DrawnRecap, drawRecap } from './drawing/recap-picture.ts';

type RecapServices = Pick<
  Services,
  'parties' | 'arrivals' | 'guests' | 'storage' | 'settings' | 'table' | 'log'
>;

/**
 * The picture of a recap, drawn from what there is now, and sent once. It is in the bucket only until it is in the chat:
 * whoever wants it again has it drawn again, without those who were forgotten meanwhile.
 *
 * @returns the chat that it is for, if there is a picture
 */
export async function showRecap(
  services: RecapServices,
  dispatcher: Dispatcher,
  api: Api,
  { partyId, audience, asked }: PictureJobOf<'recap'>,
): Promise<number | undefined> {
  const { parties, storage, table } = services;
  const to = { audience, ...(asked && { asked }) };
  const party = await parties.find(partyId);
  if (!party || (await isRecapPictureSent({ table }, partyId, to))) return undefined;
  const key = recapPictureKey(partyId, to);
  const drawn = await drawAndKeep(services, api, party, key);
  if (!drawn) return undefined;
  const { jpeg, unwritten } = drawn;
  const message = recapPictureMessage(party, to, unwritten);
  const { outcome } = await dispatcher.send(message, { jpeg });
  // Another has sent it meanwhile, and looks after it no more.
  if (outcome === 'done' || outcome === 'dropped') await storage.delete(key);
  return message.place.chatId;
}

/**
 * Somebody may be forgotten while it is drawn: then it is drawn once more. From when it is kept, whoever is forgotten
 * takes it along.
 *
 * @returns undefined when nobody came, or whoever did was forgotten
 */
async function drawAndKeep(
  services: RecapServices,
  api: Api,
  party: Party,
  key: string,
): Promise<DrawnRecap | undefined> {
  const whoCame = async (): Promise<readonly Arrival[]> =>
    (await services.parties.find(party.id)) ? (await readGuests(services, party)).came : [];
  for (let came = await whoCame(); came.length > 0; ) {
    const drawn = await draw(services, api, party, came);
    await services.storage.put(key, drawn.jpeg, 'image/jpeg');
    const now = await whoCame();
    if (idsOf(now) === idsOf(came)) return drawn;
    await services.storage.delete(key);
    came = now;
  }
  return undefined;
}

const idsOf = (came: readonly Arrival[]): string => came.map(({ guestId }) => guestId).join();

async function draw(
  services: RecapServices,
  api: Api,
  party: Party,
  came: readonly Arrival[],
): Promise<DrawnRecap> {
  const { clock, date, longDate } = await timesOf(services);
  const { startedAt, endsAt } = party;
  const title = isPrivate(party) ? undefined : await titleOf(api, party.chatId);
  return drawRecap({
    names: [...(title === undefined ? [] : [title]), text.partyOf(date(startedAt))],
    when: text.when(longDate(startedAt), clock(startedAt), clock(endsAt), came.length),
    from: { time: startedAt, clock: clock(startedAt) },
    to: { time: endsAt, clock: clock(endsAt) },
    guests: came.map(({ name, time, box }) => ({
      ...{ name, time, clock: clock(time), box },
      // Whom no camera saw is in no picture.
      picture: async () => (box ? services.storage.find(storageKey.snapshot(time)) : undefined),
    })),
  });
}

/** A group's title, if the bot may still see it. */
async function titleOf(api: Api, chatId: number): Promise<string | undefined> {
  try {
    return (await api.getChat(chatId)).title;
  } catch {
    return undefined;
  }
}
