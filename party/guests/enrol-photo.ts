import type { Services } from '../services.ts';
import type { Refusal } from '../stores/collection.ts';
import { storageKey } from '../stores/storage-key.ts';
import { type FoundFaces, type PhotoFace, whomPhotoIsOf } from './faces-in-photo.ts';
import { type GroupFace, groupFaces } from './group-faces.ts';
import { type Guest, Guests, type Photo } from './guests.ts';
import { dropFaces, heldFaces } from './held-faces.ts';
import { lookalikes } from './lookalikes.ts';
import { keptAdvice, type PhotoAdvice } from './photo-advice.ts';
import { type PictureFile, pictureFile } from './picture-file.ts';
import { withoutMetadata } from './picture-metadata.ts';
import { rebuildFace } from './rebuild-faces.ts';
import { addInPlaceOfLost } from './replace-lost.ts';
import {
  type Attribution,
  asAnswered,
  type Namesake,
  namesakesOf,
  type WhosePhoto,
  whosePhoto,
} from './whose-photo.ts';

/** A photo that somebody sent. */
export interface NewPhoto {
  /** The same whenever the same file is sent: `[a-zA-Z0-9_-]`, for it stands in the face's `ExternalImageId`. */
  readonly photoId: string;
  /** The id under which it would have been kept before ids came from the content (`content-id.ts`). */
  readonly formerId?: string;
  /** The file as it came, whatever it is. */
  readonly bytes: Uint8Array;
  /** What was found in it, if it was looked at already (`album-photo.ts`). */
  readonly found?: FoundFaces | undefined;
  /** As long as nobody has said whose it is, its file and its face stay, as nobody's: other photos are compared with it. */
  readonly isKept?: boolean;
}

/** Why a photo will not do. */
export type PhotoRefusal =
  | Refusal
  | { readonly reason: 'damaged picture' }
  /** @see PictureFile */
  | { readonly reason: 'other kind of picture'; readonly kind: string };

/** What came of a photo. */
export type Enrolment =
  | {
      readonly outcome: 'enrolled';
      readonly guest: Guest;
      /** Under which the photo is kept. */
      readonly photoId: string;
      /** How many the guest has now. */
      readonly photos: number;
      readonly advice: readonly PhotoAdvice[];
      /** Somebody who was no guest before. */
      readonly isNew: boolean;
    }
  /** This very photo is this guest's already. */
  | {
      readonly outcome: 'known';
      readonly guest: Guest;
      readonly photoId: string;
      readonly sameName: boolean;
    }
  | { readonly outcome: 'refused'; readonly refusal: PhotoRefusal }
  /** Name and face do not agree: whoever sent it must say whose it is, and then it is to be enrolled again. */
  | {
      readonly outcome: 'asked';
      readonly question: Extract<WhosePhoto, { whose: 'asked' }>;
      readonly face: PhotoFace;
    }
  /** It will do, and nobody has said whose it is. `like` are the guests that the face is like, best first. */
  | { readonly outcome: 'unnamed'; readonly like: readonly Guest[] }
  /** It shows several people. Picture and faces are kept, as nobody's, for whoever names them. `seen` counts all faces. */
  | {
      readonly outcome: 'group';
      readonly faces: readonly GroupFace[];
      readonly seen: number;
      readonly key: string;
    };

type EnrolmentServices = Pick<
  Services,
  'config' | 'table' | 'guests' | 'people' | 'collection' | 'storage' | 'now'
>;

/**
 * Makes a photo one by which a guest is known, and makes the guest if it is the first. Safe to repeat: a photo
 * counts once for a guest, one that is lost is whole again, and a new one takes the place of one that is lost. Unless the photo is enrolled, or shows a group, nothing of
 * it stays; and of what was written into its file (where it was taken, above all) nothing is ever stored.
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
    if (own) return await completed(services, guest, own, store);
  }
  const key = storageKey.photo(photoId);
  await store(key);
  let enrolment: Enrolment | undefined;
  try {
    enrolment = await enrolStored(services, { photoId, key, found, isKept }, said, namesakes);
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

/** A photo that is this guest's already; but what was lost of it, its file or its face, is put back. */
async function completed(
  services: EnrolmentServices,
  guest: Guest,
  photo: Photo,
  store: (key: string) => Promise<void>,
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

async function enrolStored(
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

function noPicture(file: Exclude<PictureFile, { contentType: unknown }>): PhotoRefusal {
  return 'otherKind' in file
    ? { reason: 'other kind of picture', kind: file.otherKind }
    : { reason: 'not a picture' };
}

/** What begins as a JPEG or PNG and cannot be read is damaged. */
function ofPicture(refusal: Refusal): PhotoRefusal {
  return refusal.reason === 'not a picture' ? { reason: 'damaged picture' } : refusal;
}
