import type { Services } from '../services.ts';
import { storageKey } from '../stores/storage-key.ts';
import type { AlbumFace } from './album-people.ts';
import { type FoundFaces, type PhotoFace, whomPhotoIsOf } from './faces-in-photo.ts';
import { guestsOf } from './group-faces.ts';
import { keptAdvice } from './photo-advice.ts';
import { pictureFile } from './picture-file.ts';
import { withoutMetadata } from './picture-metadata.ts';

/** What was seen in a photo. */
export interface LookedAt {
  /** The faces of those whom it is of; none when it will not do. */
  readonly faces: readonly PhotoFace[];
  /** How many faces more it shows, that will not do; those in the background do not count. */
  readonly unclear: number;
  /** The picture's key in the bucket. */
  readonly key: string;
  /** For whoever enrols it: so that it is not looked at twice. */
  readonly found: FoundFaces;
}

/**
 * Looks at a photo of an album before anything is said of it. Its file, and the faces of whom it is of, are kept as
 * nobody's, so that other photos can be compared with it; what nobody claims is swept away later (`leftovers`).
 *
 * @returns undefined for what is no picture that can be looked at
 */
export async function lookAtAlbumPhoto(
  { config, collection, storage }: Pick<Services, 'config' | 'collection' | 'storage'>,
  { photoId, bytes }: { readonly photoId: string; readonly bytes: Uint8Array },
): Promise<LookedAt | undefined> {
  const picture = pictureFile(bytes);
  if (!('contentType' in picture)) return undefined;
  const { contentType } = picture;
  const key = storageKey.photo(photoId);
  await storage.put(key, withoutMetadata(bytes, contentType), contentType);
  const found = await collection.index({ bucket: config.BUCKET_NAME, key }, photoId);
  if ('reason' in found) return undefined;
  const whom = whomPhotoIsOf(found);
  if ('reason' in whom) return { faces: [], unclear: found.unusable.length, key, found };
  const faces = 'face' in whom ? [whom.face] : whom.group;
  await collection.remove(found.faces.flatMap((face) => (faces.includes(face) ? [] : [face.faceId])));
  const unclear = 'face' in whom ? 0 : found.unusable.length;
  return { faces, unclear, key, found: { ...found, faces } };
}

/** The faces of a photo of an album, with what each is like in the collection by now. */
export async function albumFaces(
  services: Pick<Services, 'collection' | 'people' | 'guests'>,
  photo: Pick<AlbumFace, 'photoId' | 'key' | 'messageId'>,
  faces: readonly PhotoFace[],
): Promise<AlbumFace[]> {
  return Promise.all(
    faces.map(async ({ faceId, box, advice }) => {
      const alike = await services.collection.alike(faceId);
      const [best] = await guestsOf(services, alike);
      // Another face of the same photo is somebody else.
      const like = alike.flatMap((one) => (one.photoId === photo.photoId ? [] : [one.faceId]));
      return { ...photo, faceId, box, like, ...keptAdvice(advice), ...(best && { likeId: best.id }) };
    }),
  );
}
