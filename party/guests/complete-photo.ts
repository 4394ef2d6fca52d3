import type { Enrolment, EnrolmentServices } from './enrolment.ts';
import type { Guest, Photo } from './guests.ts';
import { rebuildFace } from './rebuild-faces.ts';

/**
 * Takes a photo that is this guest's already: what was lost of it, its file or its face, is put back.
 *
 * @param store keeps its file under a key
 */
export async function completePhoto(
  services: EnrolmentServices,
  guest: Guest,
  photo: Photo,
  store: (key: string) => Promise<unknown>,
): Promise<Enrolment> {
  const { collection, guests, storage } = services;
  const [hasFile, faces] = await Promise.all([storage.has(photo.key), collection.faces()]);
  if (!hasFile) {
    await store(photo.key);
    const { fileGivenUp: _, ...whole } = photo;
    await guests.addPhoto(guest.id, whole);
  }
  const hasFace = faces.some(({ faceId }) => photo.faceIds.includes(faceId));
  if (hasFace || !(await rebuildFace(services, guest, photo)))
    return { outcome: 'known', guest, photoId: photo.photoId, sameName: true };
  const photos = (await guests.photos(guest.id)).length;
  return {
    outcome: 'enrolled',
    guest,
    photoId: photo.photoId,
    photos,
    advice: photo.advice ?? [],
    isNew: false,
  };
}
