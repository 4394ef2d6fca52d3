import type { Chat } from '../chat.ts';
import { second } from '../clock.ts';
import { NotSentError, UnsendableError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Claim } from '../outbox/claim.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message } from '../outbox/message.ts';
import type { Services } from '../services.ts';
import type { PictureJobOf } from '../stores/pictures-function.ts';
import { storageKey } from '../stores/storage-key.ts';
import type { Key, Table } from '../stores/table.ts';
import { hostPlace, isPrivate, type Party, partyPartition, partyPlace } from './party.ts';
import { type Audience, readGuests } from './recap.ts';
import { hostRecapKey } from './recap-delivery.ts';

/** Who came to a party, as one picture, with what is said beneath it. Times are milliseconds since 1970. */
export interface RecapPicture {
  readonly partyId: string;
  readonly audience: Audience;
  /** JPEG. */
  readonly jpeg: Uint8Array;
  readonly startedAt: number;
  readonly endedAt: number;
  /** How many came. */
  readonly came: number;
  /** The names of those who were not seen; none in what guests read. */
  readonly missed: readonly string[];
  /** In whose place there is a number, from 1: the names that could not be drawn. */
  readonly unwritten: ReadonlyArray<{ readonly number: number; readonly name: string }>;
  /** Whether there is a group that it can be shared with, and that does not have it yet. */
  readonly canShare: boolean;
}

/** Whose picture it is: that of whoever started the party, the group's, or that of a host who asked for it. */
type Recipient = Omit<PictureJobOf<'recap'>, 'job' | 'partyId'>;

interface RecapPictureItem extends Claim, Recipient {
  readonly partyId: string;
  /** The numbers of the guests whose names could not be drawn. */
  readonly unwritten: readonly number[];
}

/** Its words come first, and where they have not come yet it waits for so long, in milliseconds. */
const waitsForWords = 5 * second;

const nameOf = ({ audience, asked }: Recipient): string =>
  asked ? `${asked.chatId}-${asked.messageId}` : audience;

const pictureKey = (partyId: string, to: Recipient): Key => ({
  pk: partyPartition(partyId),
  sk: `recap-picture#${nameOf(to)}`,
});

/** The message with a recap's picture. @param unwritten the numbers of the guests whose names could not be drawn */
export function recapPictureMessage(party: Party, to: Recipient, unwritten: readonly number[]): Message {
  const { audience, asked } = to;
  const details = { partyId: party.id, audience, ...(asked && { asked }), unwritten };
  const own = audience === 'guests' ? partyPlace(party) : hostPlace(party);
  return {
    kind: 'recapPicture',
    key: pictureKey(party.id, to),
    place: asked ? { chatId: asked.chatId } : own,
    // After the words.
    time: party.endsAt + 1,
    details,
  };
}

/** Where the picture lies until it is sent. */
export const recapPictureKey = (partyId: string, to: Recipient): string =>
  storageKey.recapPicture(partyId, nameOf(to));

/** Whether a recap's picture was sent. */
export async function isRecapPictureSent(
  { table }: { readonly table: Pick<Table, 'get'> },
  partyId: string,
  to: Recipient,
): Promise<boolean> {
  const { claim } = (await table.get<Claim>(pictureKey(partyId, to))) ?? {};
  return claim === 'done' || claim === 'dropped';
}

/** What sending a recap's picture needs of the services. */
export type RecapPictureServices = Pick<
  Services,
  'parties' | 'arrivals' | 'guests' | 'storage' | 'table' | 'now' | 'log'
>;

/** Sends a recap's picture, the one in hand or the one that was kept, which goes then. */
export function deliverRecapPicture(
  services: RecapPictureServices,
  chat: Pick<Chat, 'sendRecapPicture'>,
): Deliver {
  const { parties, storage, table, now, log } = services;
  return async ({ partyId, unwritten, ...to }: RecapPictureItem, place, { jpeg }) => {
    const party = await parties.find(partyId);
    if (!party) throw new UnsendableError('The party of this picture is not known.');
    const { audience, asked } = to;
    // The group cannot be written to: its host has the picture, with more beneath it.
    const isGroupGone = audience === 'guests' && place.chatId === party.startedBy;
    if (!isGroupGone) {
      if (audience === 'host' && !asked && (await isRecapUnderWay(table, party)))
        throw new NotSentError('The words of this picture come first.', now() + waitsForWords);
      const picture = jpeg ?? (await storage.find(recapPictureKey(partyId, to)));
      if (!picture) throw new UnsendableError('The picture of a recap is not there any more.');
      const { came, missed } = await readGuests(services, party);
      const isToldAll = audience === 'host';
      await chat.sendRecapPicture(place, {
        ...{ partyId, audience, jpeg: picture, startedAt: party.startedAt, endedAt: party.endsAt },
        came: came.length,
        missed: isToldAll ? missed : [],
        unwritten: unwritten.flatMap((number) => {
          const name = came[number - 1]?.name;
          return name === undefined ? [] : [{ number, name }];
        }),
        canShare:
          isToldAll &&
          !isPrivate(party) &&
          !(await isRecapPictureSent(services, partyId, { audience: 'guests' })),
      });
    }
    await storage.delete(recapPictureKey(partyId, to)).catch((error: unknown) => {
      log.warn('The picture of a recap stays as long as those of the door', { partyId, ...loggable(error) });
    });
  };
}

async function isRecapUnderWay(table: Pick<Table, 'get'>, party: Party): Promise<boolean> {
  return (await table.get<Claim>(hostRecapKey(party)))?.claim === 'claimed';
}
