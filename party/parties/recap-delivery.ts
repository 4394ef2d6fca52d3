import type { Chat } from '../chat.ts';
import { UnsendableError } from '../errors.ts';
import type { Claim } from '../outbox/claim.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message } from '../outbox/message.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { type Party, partyPartition, partyPlace } from './parties.ts';
import { type EndReason, type Recap, type RecapServices, readRecap } from './recap.ts';

/** A party's recap in the outbox. */
export interface RecapItem extends Claim {
  readonly partyId: string;
  readonly why: EndReason;
  /** What it says, from the first try on: every try says the same. */
  readonly recap?: Recap;
  /** How many of its messages are in the chat `toldIn`. */
  readonly told?: number;
  readonly toldIn?: number;
}

export const recapKey = ({ id }: Pick<Party, 'id'>): Key => ({ pk: partyPartition(id), sk: 'recap' });

/** The message that says who came to a party. */
export function recapMessage(party: Party, why: EndReason): Message {
  const details = { partyId: party.id, why } satisfies Omit<RecapItem, keyof Claim>;
  return { kind: 'recap', key: recapKey(party), place: partyPlace(party), time: party.endsAt, details };
}

/** What sending recaps needs of the services. */
export type RecapDeliveryServices = RecapServices & Pick<Services, 'parties' | 'table'>;

/** Sends a recap. Each of its messages is marked when it is there, so that none is lost and none comes twice. */
export function deliverRecap(services: RecapDeliveryServices, chat: Pick<Chat, 'sendRecap'>): Deliver {
  const { table } = services;
  return async (item: RecapItem, place) => {
    const key = recapKey({ id: item.partyId });
    const recap = item.recap ?? (await read(services, item));
    if (!item.recap) await table.update(key, 'SET #recap = :recap', { recap });
    const { chatId: toldIn } = place;
    const told = item.toldIn === toldIn ? (item.told ?? 0) : 0;
    await chat.sendRecap(place, recap, told, async (count) => {
      const values = { told: count, toldIn };
      await table.update(key, 'SET #told = :told, #toldIn = :toldIn', values);
    });
  };
}

async function read(services: RecapDeliveryServices, { partyId, why }: RecapItem): Promise<Recap> {
  const party = await services.parties.find(partyId);
  if (!party) throw new UnsendableError('The party of this recap is not known.');
  return readRecap(services, party, why);
}
