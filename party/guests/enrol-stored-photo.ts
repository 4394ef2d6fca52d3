import type { Refusal } from '../stores/collection.ts';
import type { Enrolment, EnrolmentServices, NewPhoto, PhotoRefusal } from './enrolment.ts';
import { whomPhotoIsOf } from './faces-in-photo.ts';
import { groupFaces } from './group-faces.ts';
import { type Guest, Guests } from './guests.ts';
import { dropFaces } from './held-faces.ts';
import { lookalikes } from './lookalikes.ts';
import { noteLookalikes } from './note-lookalikes.ts';
import { keptAdvice } from './photo-advice.ts';
import { addInPlaceOfLost } from './replace-lost.ts';
import { type Attribution, asAnswered, type Namesake, type WhosePhoto, whosePhoto } from './whose-photo.ts';

/**
 * Enrols a photo whose file is in the bucket. What of its faces is nobody's then is dropped.
 *
 * @param namesakes the guests who have the name that was said
 */
export async function enrolStoredPhoto(
  services: EnrolmentServices,
  photo: Pick<NewPhoto, 'photoId' | 'found' | 'isKept'> & { readonly key: string },
  said: Attribution | undefined,
  namesakes: readonly Namesake[],
): Promise<Enrolment> {
  const { config, guests, collection, people } = services;
  const { photoId, key, isKept } = photo;
  const found = photo.found ?? (await collection.index({ bucket: config.BUCKET_NAME, key }, photoId));
  if ('reason' in found) return { outcome: 'refused', refusal: ofPicture(found) };
  const whom = whomPhotoIsOf(found);
  if ('group' in whom)
    return { outcome: 'group', faces: await groupFaces(services, whom.group), seen: whom.faces, key };
  const chosen = 'face' in whom ? whom.face : undefined;
  await dropFaces(
    services,
    found.faces.flatMap((face) => (face === chosen ? [] : [face.faceId])),
  );
  if (!('face' in whom)) return { outcome: 'refused', refusal: whom };
  const { face } = whom;
  const { faceId, advice } = face;
  const { holder, alike, like, owned } = await lookalikes(services, faceId, photoId);
  if (holder && !namesakes.some(({ guest }) => guest.id === holder.id)) {
    if (!owned) await dropFaces(services, [faceId]);
    return { outcome: 'known', guest: holder, photoId, sameName: said === undefined };
  }
  if (!said) {
    if (!owned && !isKept) await dropFaces(services, [faceId]);
    return { outcome: 'unnamed', like: alike };
  }
  const whose = said.answer ? asAnswered(said.answer, namesakes) : await bySight(services, namesakes, alike);
  if (whose.whose === 'asked') {
    if (!isKept) await dropFaces(services, [faceId]);
    return { outcome: 'asked', question: whose, face };
  }
  const guest = whose.whose === 'guest' ? whose.guest : await guests.add(Guests.newId(), said.name);
  await people.assign(faceId, { kind: 'guest', id: guest.id });
  const enrolled = { photoId, faceIds: [faceId], key, box: face.box, like, ...keptAdvice(advice) };
  await addInPlaceOfLost(services, guest, enrolled);
  await noteLookalikes(services);
  const photos = (await guests.photos(guest.id)).length;
  return { outcome: 'enrolled', guest, photoId, photos, advice, isNew: whose.whose === 'newcomer' };
}

/** Nobody looks different from a guest whose faces are all lost: that question is only asked of faces that are there. */
async function bySight(
  { collection, guests }: EnrolmentServices,
  namesakes: readonly Namesake[],
  alike: readonly Guest[],
): Promise<WhosePhoto> {
  const whose = whosePhoto(namesakes, alike);
  if (whose.whose !== 'asked' || whose.why !== 'looks different') return whose;
  const faces = new Set((await collection.faces()).map(({ faceId }) => faceId));
  const withFaces = namesakes.map(async ({ guest }) => {
    const photos = await guests.photos(guest.id);
    return { guest, photos: photos.filter(({ faceIds }) => faceIds.some((one) => faces.has(one))).length };
  });
  return whosePhoto(await Promise.all(withFaces), alike);
}

/** What begins as a JPEG or PNG and cannot be read is damaged. */
function ofPicture(refusal: Refusal): PhotoRefusal {
  return refusal.reason === 'not a picture' ? { reason: 'damaged picture' } : refusal;
}
