import { storageKey } from '../stores/storage-key.ts';
import { completePhoto } from './complete-photo.ts';
import { enrolStoredPhoto } from './enrol-stored-photo.ts';
import type { Enrolment, EnrolmentServices, NewPhoto, PhotoRefusal } from './enrolment.ts';
import { heldFaces } from './held-faces.ts';
import { type PictureFile, pictureFile } from './picture-file.ts';
import { withoutMetadata } from './picture-metadata.ts';
import { type Attribution, namesakesOf } from './whose-photo.ts';

/**
 * Makes a photo one by which a guest is known, and makes the guest if it is the first. Safe to repeat: a photo
 * counts once for a guest, one that is lost is whole again, and a new one takes the place of one that is lost. Unless
 * the photo is enrolled, or shows a group, nothing of it stays; and of what was written into its file (where it was
 * taken, above all) nothing is ever stored.
 *
 * @param said undefined as long as nobody has said whose it is: it is only looked at
 */
export async function enrolPhoto(
  services: EnrolmentServices,
  { photoId, formerId, bytes, found, isKept = false }: NewPhoto,
  said?: Attribution,
): Promise<Enrolment> {
  const { guests, storage } = services;
  const picture = pictureFile(bytes);
  if (!('contentType' in picture)) return { outcome: 'refused', refusal: noPicture(picture) };
  const { contentType } = picture;
  const namesakes = said ? await namesakesOf(guests, said) : [];
  const store = (key: string) => storage.put(key, withoutMetadata(bytes, contentType), contentType);
  for (const { guest } of namesakes) {
    const photos = await guests.photos(guest.id);
    const own = photos.find((photo) => photo.photoId === photoId || photo.photoId === formerId);
    if (own) return await completePhoto(services, guest, own, store);
  }
  const key = storageKey.photo(photoId);
  await store(key);
  let enrolment: Enrolment | undefined;
  try {
    enrolment = await enrolStoredPhoto(services, { photoId, key, found, isKept }, said, namesakes);
    return enrolment;
  } finally {
    const isNobodys = enrolment?.outcome === 'unnamed' || enrolment?.outcome === 'asked';
    const stays =
      enrolment?.outcome === 'enrolled' || enrolment?.outcome === 'group' || (isNobodys && isKept);
    if (!stays && !(await isSomebodys(services, key))) await storage.delete(key);
  }
}

/** The same photo may be another guest's already, under this key, or one in which people are being named. */
async function isSomebodys(services: EnrolmentServices, key: string): Promise<boolean> {
  return (await services.guests.anyHasPhotoAt(key)) || (await heldFaces(services)).keys.has(key);
}

/** Why a file that is no JPEG or PNG will not do. */
export function noPicture(file: Exclude<PictureFile, { contentType: unknown }>): PhotoRefusal {
  return 'otherKind' in file
    ? { reason: 'other kind of picture', kind: file.otherKind }
    : { reason: 'not a picture' };
}
