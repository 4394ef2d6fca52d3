import type { Chat } from '../chat.ts';
import { OvertakenError } from '../errors.ts';
import { distinctNames, type Guest, invitedOf } from '../guests/guests.ts';
import { loggable } from '../loggable.ts';
import { wasClaimed } from '../outbox/claim.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Message, Place } from '../outbox/message.ts';
import { partyPartition } from '../parties/party.ts';
import type { Services } from '../services.ts';
import { type UnknownFace, type UnknownFaceId, UnknownFaces } from './unknown-faces.ts';

/** A card: who is this? */
export interface UnknownCard {
  readonly face: UnknownFace;
  /** The guests who are still to come, those first that the face is like. */
  readonly toCome: readonly Guest[];
  /** What all guests are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** Who it is, once that is known. */
  readonly who?: Guest;
  /** The party is over, and the face deleted. */
  readonly isOver?: boolean;
}

/** A card in a host's chat. */
export interface SentCard {
  readonly chatId: number;
  readonly messageId: number;
}

interface CardItem extends Partial<SentCard> {
  readonly partyId: string;
  /** Absent for the message that tells of many together. */
  readonly unknownId?: string;
}

type CardServices = Pick<Services, 'table' | 'guests' | 'arrivals'>;

const together = 'together';
const prefixOf = (id: string): string => `card#${id}#`;

/** A card about an unknown face, to one host. */
export function cardMessage({ partyId, id, time }: UnknownFace, hostId: number): Message {
  const details = { partyId, unknownId: id } satisfies CardItem;
  const key = { pk: partyPartition(partyId), sk: `${prefixOf(id)}${hostId}` };
  return { kind: 'card', key, place: { chatId: hostId }, time, details };
}

/** The one message to a host that tells of all further unknown faces of a party. */
export function moreUnknownMessage({ partyId, time }: UnknownFace, hostId: number): Message {
  const details = { partyId } satisfies CardItem;
  const key = { pk: partyPartition(partyId), sk: `${prefixOf(together)}${hostId}` };
  return { kind: 'card', key, place: { chatId: hostId }, time, details };
}

/** What a card says at this moment. */
export async function readCard(
  { guests, arrivals }: Pick<CardServices, 'guests' | 'arrivals'>,
  face: UnknownFace,
): Promise<UnknownCard> {
  const [everybody, came] = await Promise.all([guests.list(), arrivals.list(face.partyId)]);
  const here = new Set(came.map(({ guestId }) => guestId));
  const { likeIds = [] } = face;
  const rank = ({ id }: Guest): number => (likeIds.includes(id) ? likeIds.indexOf(id) : likeIds.length);
  const who = everybody.find(({ id }) => id === face.guestId);
  return {
    face,
    toCome: invitedOf(everybody)
      .filter(({ id }) => !here.has(id))
      .sort((a, b) => rank(a) - rank(b)),
    names: distinctNames(everybody),
    ...(who && { who }),
  };
}

/** The unknown faces of a party that are told of together and that nobody has named. */
export async function facesTogether(
  { table }: Pick<Services, 'table'>,
  partyId: string,
): Promise<UnknownFace[]> {
  const faces = await new UnknownFaces(table).list(partyId);
  return faces.filter(({ isInDigest, is, photo }) => isInDigest && !is && photo);
}

/** The cards about a face that are in hosts' chats. */
export const sentCards = (table: Services['table'], { partyId, id }: UnknownFaceId): Promise<SentCard[]> =>
  sentBy(table, partyId, id);

/** The messages that tell of many faces together. */
export const sentTogether = (table: Services['table'], partyId: string): Promise<SentCard[]> =>
  sentBy(table, partyId, together);

async function sentBy(table: Services['table'], partyId: string, id: string): Promise<SentCard[]> {
  const items = await table.query<CardItem>(partyPartition(partyId), prefixOf(id));
  return items.flatMap(({ chatId, messageId }) =>
    chatId !== undefined && messageId !== undefined ? [{ chatId, messageId }] : [],
  );
}

/** Notes a card that a host has asked for: it is brought up to date as the others are. */
export async function noteCard(
  table: Services['table'],
  { partyId, id }: UnknownFaceId,
  { chatId, messageId }: SentCard,
): Promise<void> {
  const key = { pk: partyPartition(partyId), sk: `${prefixOf(id)}${chatId}` };
  await table.put({ ...key, partyId, unknownId: id, chatId, messageId });
}

/**
 * Brings all cards about a face to how things are. One that cannot be is left: a press on it is answered all the same.
 */
export async function showCards(
  services: CardServices & Pick<Services, 'log'>,
  chat: Pick<Chat, 'showWhoItIs'>,
  face: UnknownFace,
  isOver = false,
): Promise<void> {
  const card = await readCard(services, face);
  for (const sent of await sentCards(services.table, face)) {
    try {
      await chat.showWhoItIs(sent, isOver ? { ...card, isOver } : card);
    } catch (error) {
      services.log.warn('A card was not brought up to date', loggable(error));
    }
  }
}

/** Sends a card, unless there is nothing to be asked any more; its picture follows. */
export function deliverCard(
  services: CardServices & Pick<Services, 'parties' | 'pictures' | 'log' | 'now'>,
  chat: Pick<Chat, 'askWhoItIs' | 'tellMoreUnknown'>,
): Deliver {
  const { table, parties, pictures, log } = services;
  return async (
    { partyId, unknownId, ...item }: CardItem & { pk: string; sk: string },
    { chatId }: Place,
  ) => {
    if ((await parties.on())?.id !== partyId) throw new OvertakenError('The party is over.');
    const face =
      unknownId === undefined ? undefined : await new UnknownFaces(table).get({ partyId, id: unknownId });
    if (unknownId !== undefined && (!face || face.is)) throw new OvertakenError('It is known who it is.');
    const messageId = face
      ? await chat.askWhoItIs({ chatId }, await readCard(services, face))
      : await chat.tellMoreUnknown({ chatId }, await facesTogether(services, partyId));
    const change = 'SET #chatId = :chatId, #messageId = :messageId';
    await table.update(item, change, { chatId, messageId }, wasClaimed);
    const job = face
      ? ({ job: 'who-is', chatId, messageId, partyId, unknownId: face.id, page: 0 } as const)
      : ({ job: 'more-unknown', partyId } as const);
    await pictures.ask(job).catch((error: unknown) => {
      log.warn('The picture of a card could not be asked for', loggable(error));
    });
  };
}
