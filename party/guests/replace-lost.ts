import type { Services } from '../services.ts';
import type { Guest, Photo } from './guests.ts';

type ReplaceServices = Pick<Services, 'guests' | 'collection' | 'storage'>;

/**
 * Keeps a photo of a guest in the place of one whose file is gone, if there is one: of several, of the one that shows
 * the face most like it, for that may be the very same picture under another id. Faces that the lost one is still
 * recognised by become the new one's, so that nobody is recognised worse than before. Safe to repeat.
 *
 * @param photo one that is in the bucket
 */
export async function addInPlaceOfLost(
  { guests, collection, storage }: ReplaceServices,
  guest: Guest,
  photo: Photo,
): Promise<void> {
  const lost = await mostAlike({ guests, storage }, guest, photo);
  if (!lost) return guests.addPhoto(guest.id, photo);
  const known = new Set((await collection.faces()).map(({ faceId }) => faceId));
  const faceIds = lost.faceIds.filter((faceId) => known.has(faceId));
  await guests.addPhoto(guest.id, { ...photo, faceIds: [...new Set([...photo.faceIds, ...faceIds])] });
  // Last: cut short before, the guest has both, and the repair settles it.
  await guests.removePhoto(guest.id, lost.photoId);
}

async function mostAlike(
  { guests, storage }: Pick<ReplaceServices, 'guests' | 'storage'>,
  guest: Guest,
  { photoId, faceIds, like = [] }: Photo,
): Promise<Photo | undefined> {
  const others = (await guests.photos(guest.id)).filter((photo) => photo.photoId !== photoId);
  const looked = others.map(async (photo) => ((await storage.has(photo.key)) ? [] : [photo]));
  const lost = (await Promise.all(looked)).flat();
  const similarity = (other: Photo): number =>
    other.faceIds.some((id) => faceIds.includes(id))
      ? 100
      : Math.max(
          0,
          ...like.flatMap((face) => (other.faceIds.includes(face.faceId) ? [face.similarity] : [])),
        );
  return lost.sort((a, b) => similarity(b) - similarity(a))[0];
}
