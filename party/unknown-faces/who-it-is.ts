import { arriveByHand } from '../arrivals/arrive-by-hand.ts';
import type { Guest } from '../guests/guests.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import { type UnknownFace, type UnknownFaceId, UnknownFaces, type WhoItIs } from './unknown-faces.ts';

type SettleServices = Pick<Services, 'table' | 'people' | 'guests' | 'parties' | 'storage'>;

/** What came of saying who it is. */
export type Said =
  | { readonly outcome: 'settled'; readonly face: UnknownFace }
  /** Somebody, or the recognition, has said so before. */
  | { readonly outcome: 'settled before'; readonly face: UnknownFace }
  /** The party is over, or what was about that face is forgotten. */
  | { readonly outcome: 'gone' };

/**
 * Says who an unknown face is. The first answer counts; the same answer may come again, and finishes what a sudden end
 * cut short.
 */
export async function sayWhoItIs(
  { table, now }: Pick<Services, 'table' | 'now'>,
  which: UnknownFaceId,
  who: WhoItIs,
): Promise<Said> {
  const unknown = new UnknownFaces(table);
  const settled = await unknown.settle(which, who, now());
  if (settled) return { outcome: 'settled', face: settled };
  const face = await unknown.get(which);
  if (!face) return { outcome: 'gone' };
  const isSame =
    face.is === who.is && face.by === who.by && face.guestId === ('guestId' in who ? who.guestId : undefined);
  return { outcome: isSame ? 'settled' : 'settled before', face };
}

/**
 * The guest whom a host has named arrives, and is known by this face for the rest of the party.
 *
 * @returns whether it is announced, now or `before`: not when the party is over
 */
export async function arriveAs(
  services: SettleServices,
  dispatcher: Pick<Dispatcher, 'send'>,
  face: UnknownFace,
  guest: Guest,
): Promise<'now' | 'before' | false> {
  await giveFace(services, face, guest);
  const party = await services.parties.on();
  if (party?.id !== face.partyId) return false;
  const { time, clock, box } = face.looks[0]!;
  // Should it be somebody else after all, this face is one that misled.
  const like = [...(face.faceIds ?? [])].map((faceId) => ({ faceId, similarity: 100 }));
  const { outcome } = await arriveByHand(dispatcher, party, guest, { time, clock, box, like });
  // From now on it is the outbox's; taken back by a host, it stays so.
  await new UnknownFaces(services.table).announced(face);
  return outcome === 'done' ? 'before' : 'now';
}

/** Who lives here is known by this face from now on, at other parties too, and never announced. */
export async function livesHere(services: SettleServices, face: UnknownFace, guest: Guest): Promise<void> {
  await services.guests.setLivesHere(guest.id, true);
  await giveFace(services, face, guest);
  await keepFace(services, face, guest);
}

/**
 * Keeps the face for other parties: its picture becomes a photo of the guest. Safe to repeat.
 *
 * @returns false when there is no picture (any more)
 */
export async function keepFace(
  { table, guests, people, storage }: Pick<SettleServices, 'table' | 'guests' | 'people' | 'storage'>,
  face: UnknownFace,
  guest: Guest,
): Promise<boolean> {
  if (!face.photo) return false;
  const { photoId, key, faceId, box } = face.photo;
  const jpeg = await storage.find(key);
  if (!jpeg) return false;
  const own = storageKey.photo(photoId);
  await storage.put(own, jpeg, 'image/jpeg');
  // First that it is kept: a photo must not lose its face at the end of the party.
  await new UnknownFaces(table).keep(face);
  await people.assign(faceId, { kind: 'guest', id: guest.id });
  await guests.addPhoto(guest.id, { photoId, faceIds: [faceId], key: own, box });
  return true;
}

async function giveFace(
  { people }: SettleServices,
  { faceIds = new Set() }: UnknownFace,
  { id }: Guest,
): Promise<void> {
  for (const faceId of faceIds) await people.assign(faceId, { kind: 'guest', id });
}
