import type { Services } from '../services.ts';
import type { Guest } from './guests.ts';

/** Whom a face that has just been indexed is like. */
export interface Lookalikes {
  /** Who has this very photo already. */
  readonly holder: Guest | undefined;
  /** The guests that the face is like, best first. */
  readonly alike: readonly Guest[];
  /** Whether the face had an owner before it was indexed now. */
  readonly owned: boolean;
}

/**
 * Whom a face that has just been indexed is like, and who holds this very photo already. Rekognition gives a picture
 * that comes twice its first face again ("doesn't save duplicate face metadata", IndexFaces).
 *
 * What an earlier try of the same photo left in the collection, cut short before it had an owner, is taken away.
 */
export async function lookalikes(
  { people, collection, guests }: Pick<Services, 'people' | 'collection' | 'guests'>,
  faceId: string,
  photoId: string,
): Promise<Lookalikes> {
  const faces = await collection.alike(faceId);
  const owners = await people.owners([faceId, ...faces.map((face) => face.faceId)]);
  const unowned = faces.filter((face) => face.photoId === photoId && !owners.has(face.faceId));
  await collection.remove(unowned.map((face) => face.faceId));

  const guestOf = async (id: string): Promise<Guest | undefined> => {
    const owner = owners.get(id);
    return owner?.kind === 'guest' ? guests.get(owner.id) : undefined;
  };
  const copy = faces.find((face) => face.photoId === photoId && owners.has(face.faceId));
  const holder = (await guestOf(faceId)) ?? (copy && (await guestOf(copy.faceId)));
  const found = await Promise.all(faces.map((face) => guestOf(face.faceId)));
  const alike = new Map([holder, ...found].flatMap((guest) => (guest ? [[guest.id, guest] as const] : [])));
  return { holder, alike: [...alike.values()], owned: owners.has(faceId) };
}
