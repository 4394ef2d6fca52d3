import type { Chat } from '../chat.ts';
import { UnsendableError } from '../errors.ts';
import { type Claim, wasClaimed } from '../outbox/claim.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message } from '../outbox/message.ts';
import type { Services } from '../services.ts';
import type { Key } from '../stores/table.ts';
import { hostPlace, isPrivate, type Party, partyPartition, partyPlace } from './party.ts';
import { type Audience, type EndReason, type Recap, type RecapServices, readRecap } from './recap.ts';

/** A party's recap in the outbox. */
export interface RecapItem extends Claim {
  readonly partyId: string;
  readonly why: EndReason;
  /** Absent in what was written before guests and hosts were told apart: then for the host. */
  readonly audience?: Audience;
  /** The host's private chat. */
  readonly hostId?: number;
  /** What it says, from the first try on: every try says the same. */
  readonly recap?: Recap;
  /** How many of its messages are in the chat `toldIn`. */
  readonly told?: number;
  readonly toldIn?: number;
}

/** The recap in the party's own chat. */
export const recapKey = ({ id }: Pick<Party, 'id'>): Key => ({ pk: partyPartition(id), sk: 'recap' });

/** The recap that the host has: in private, when the party's chat is a group. */
export const hostRecapKey = (party: Party): Key =>
  isPrivate(party) ? recapKey(party) : { pk: partyPartition(party.id), sk: 'recap#host' };

/**
 * The message in the party's chat that says who came. In a group all read it: then not who was missed, and not when
 * nobody watched.
 */
export function recapMessage(party: Party, why: EndReason): Message {
  const audience = isPrivate(party) ? 'host' : 'guests';
  const details = { partyId: party.id, why, audience, hostId: party.startedBy } satisfies Omit<
    RecapItem,
    keyof Claim
  >;
  return { kind: 'recap', key: recapKey(party), place: partyPlace(party), time: party.endsAt, details };
}

/** The message that says all of it to the host in private; undefined when the party's chat is private itself. */
export function hostRecapMessage(party: Party, why: EndReason): Message | undefined {
  if (isPrivate(party)) return undefined;
  const details = { partyId: party.id, why, audience: 'host' } satisfies Omit<RecapItem, keyof Claim>;
  return { kind: 'recap', key: hostRecapKey(party), place: hostPlace(party), time: party.endsAt, details };
}

/** Why a party that is over ended, as its recap said. */
export async function endReasonOf({ table }: Pick<Services, 'table'>, party: Party): Promise<EndReason> {
  return (await table.get<RecapItem>(recapKey(party)))?.why ?? 'time is over';
}

/** What sending recaps needs of the services. */
export type RecapDeliveryServices = RecapServices & Pick<Services, 'parties' | 'table'>;

/** Sends a recap. Each of its messages is marked when it is there, so that none is lost and none comes twice. */
export function deliverRecap(services: RecapDeliveryServices, chat: Pick<Chat, 'sendRecap'>): Deliver {
  const { table } = services;
  return async ({ pk, sk, ...item }: RecapItem & Key, place) => {
    const key = { pk, sk };
    const { chatId: toldIn } = place;
    // The group cannot be written to: in its place the host has all of it anyway.
    if (item.audience === 'guests' && toldIn === item.hostId) {
      await table.update(key, 'SET #toldIn = :toldIn', { toldIn }, wasClaimed);
      return;
    }
    const recap = item.recap ?? (await read(services, item));
    if (!item.recap) await table.update(key, 'SET #recap = :recap', { recap }, wasClaimed);
    const told = item.toldIn === toldIn ? (item.told ?? 0) : 0;
    await chat.sendRecap(place, recap, told, async (count) => {
      const values = { told: count, toldIn };
      await table.update(key, 'SET #told = :told, #toldIn = :toldIn', values, wasClaimed);
    });
    // It holds names, and is told: the arrivals know whose.
    await table.update(key, 'REMOVE #recap', {}, wasClaimed);
  };
}

async function read(services: RecapDeliveryServices, { partyId, why, audience }: RecapItem): Promise<Recap> {
  const party = await services.parties.find(partyId);
  if (!party) throw new UnsendableError('The party of this recap is not known.');
  return readRecap(services, party, why, audience);
}
