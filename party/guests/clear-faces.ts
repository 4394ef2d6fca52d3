import type { Services } from '../services.ts';
import type { Photo } from './guests.ts';

/**
 * Deletes a guest's faces of these photos from the collection. Safe to repeat: whose a face is is forgotten last, so
 * that whoever does this once more, after a sudden end, finds the faces that are left. Faces that are somebody else's
 * by now stay.
 */
export async function clearFaces(
  { people, collection }: Pick<Services, 'people' | 'collection'>,
  guestId: string,
  photos: readonly Photo[],
): Promise<void> {
  const owners = await people.owners(photos.flatMap(({ faceIds }) => faceIds));
  const own = [...owners].filter(([, { id }]) => id === guestId).map(([faceId]) => faceId);
  await collection.remove(own);
  await people.forget(own);
}
