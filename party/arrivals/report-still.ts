import type { Dispatcher } from '../outbox/dispatcher.ts';
import { noticeMessage } from '../parties/notices.ts';
import type { Party } from '../parties/party.ts';
import type { Services } from '../services.ts';
import { whoArrives } from './guest-name.ts';
import { Looks } from './looks.ts';
import { guestsFromTheBeginning } from './still-guests.ts';

/** So many of the newest looks, a second apart, have to be of a face that does not move: one alone may be of another. */
const believed = 3;

/**
 * Tells the host of each guest whose face has not moved since the party began, for it is taken for a picture, and
 * announces nobody: whoever really stands there as still as that hears why. Once a guest and party.
 */
export async function reportStill(
  { table, arrivals, guests, now }: Pick<Services, 'table' | 'arrivals' | 'guests' | 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const looks = new Looks(table, now);
  for (const guestId of await guestsFromTheBeginning(table, party.id)) {
    if (await arrivals.get(party.id, guestId)) continue;
    const seen = await looks.of(party.id, guestId);
    if ((seen?.recent ?? []).filter(({ verdict }) => verdict === 'still').length < believed) continue;
    const guest = await whoArrives(guests, { partyId: party.id, guestId });
    if (!guest || guest.isQuiet) continue;
    const notice = noticeMessage(party, { what: 'still', guestId, name: guest.name }, party.startedAt);
    // It ends as the keys of all that is about a guest do, by which it is forgotten.
    const { pk, sk } = notice.key;
    await dispatcher.send({ ...notice, key: { pk, sk: `${sk}#guest#${guestId}` } });
  }
}
