import type { Services } from '../services.ts';
import type { AlikeFace } from '../stores/collection.ts';
import type { FaceLikeness, Guest } from './guests.ts';
import { lookAlikeFrom } from './lookalikes-among.ts';
import { onePerson } from './one-person.ts';

/** Whom a face that has just been indexed is like. */
export interface Lookalikes {
  /** Who has this very photo already. */
  readonly holder: Guest | undefined;
  /** The guests whose the face may be, best first. */
  readonly alike: readonly Guest[];
  /** The faces that it is like, best first: less alike than one person's, too. */
  readonly like: readonly FaceLikeness[];
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
  const faces = await collection.alike(faceId, lookAlikeFrom);
  const owners = await people.owners([faceId, ...faces.map((face) => face.faceId)]);
  const unowned = faces.filter((face) => face.photoId === photoId && !owners.has(face.faceId));
  await collection.remove(unowned.map((face) => face.faceId));

  const guestOf = async (id: string): Promise<Guest | undefined> => {
    const owner = owners.get(id);
    return owner?.kind === 'guest' ? guests.get(owner.id) : undefined;
  };
  const copy = faces.find((face) => face.photoId === photoId && owners.has(face.faceId));
  const holder = (await guestOf(faceId)) ?? (copy && (await guestOf(copy.faceId)));
  const found = await Promise.all(
    faces.filter(({ similarity }) => similarity >= onePerson).map((face) => guestOf(face.faceId)),
  );
  const alike = new Map([holder, ...found].flatMap((guest) => (guest ? [[guest.id, guest] as const] : [])));
  const like = likeness(faces, photoId);
  return { holder, alike: [...alike.values()], like, owned: owners.has(faceId) };
}

/** What is kept of those faces. The ones of the same photo are other people, or the very same face. */
export const likeness = (faces: readonly AlikeFace[], photoId: string): FaceLikeness[] =>
  faces.flatMap(({ faceId, similarity, ...of }) => (of.photoId === photoId ? [] : [{ faceId, similarity }]));
