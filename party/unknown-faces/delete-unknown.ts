import type { Chat } from '../chat.ts';
import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import { showCards } from './cards.ts';
import { type UnknownFace, UnknownFaces } from './unknown-faces.ts';

type DeleteServices = Pick<
  Services,
  'table' | 'collection' | 'people' | 'storage' | 'guests' | 'arrivals' | 'parties' | 'log'
>;

/**
 * Deletes the unknown faces of parties that are over, and their pictures; those stay that a host has kept. Safe to
 * repeat: what a sudden end left, the next call finds. Open cards say that the party is over.
 */
export async function deleteUnknown(
  services: DeleteServices,
  chat: Pick<Chat, 'showWhoItIs'>,
): Promise<void> {
  const unknown = new UnknownFaces(services.table);
  const parties = await unknown.parties();
  if (parties.length === 0) return;
  const latest = await services.parties.latest();
  for (const partyId of parties) {
    if (partyId === latest?.id) continue;
    const faces = await unknown.list(partyId);
    const seen = new Set((await services.arrivals.list(partyId)).map(({ time }) => time));
    for (const face of faces) {
      await deleteFace(services, face, seen);
      if (face.is === undefined) await showCards(services, chat, face, true);
    }
    await unknown.forgetParty(partyId);
    services.log.info('Unknown faces of a party are deleted', { partyId, faces: faces.length });
  }
}

/** @param arrivals when guests were seen who arrived: their pictures of the door are theirs */
async function deleteFace(
  { table, collection, people, storage }: DeleteServices,
  face: UnknownFace,
  arrivals: ReadonlySet<number>,
): Promise<void> {
  const { photo, faceIds = new Set(), looks, kept } = face;
  const gone = [...faceIds].filter((faceId) => !(kept && faceId === photo?.faceId));
  await collection.remove(gone);
  await people.forget(gone);
  if (photo) await storage.delete(photo.key);
  for (const { time } of looks) if (!arrivals.has(time)) await storage.delete(storageKey.snapshot(time));
  await new UnknownFaces(table).remove(face);
}
