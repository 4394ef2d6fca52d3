import { InvalidS3ObjectException } from '@aws-sdk/client-rekognition';
import type { Services } from '../services.ts';
import type { Guest, Photo } from './guests.ts';

type RebuildServices = Pick<Services, 'config' | 'guests' | 'people' | 'collection'>;

/** A photo whose faces are not in the collection, and whose it is. */
export interface LostFace {
  readonly guest: Guest;
  readonly photo: Photo;
}

/** What came of finding faces anew. */
export interface Rebuilt {
  /** Photos whose face is in the collection again. */
  readonly found: number;
  /** Photos that are gone, or in which no face is found. */
  readonly lost: readonly LostFace[];
}

/** The guests' photos whose faces the collection has not. */
export async function lostFaces({
  guests,
  collection,
}: Pick<RebuildServices, 'guests' | 'collection'>): Promise<LostFace[]> {
  const known = new Set((await collection.faces()).map(({ faceId }) => faceId));
  const lost: LostFace[] = [];
  for (const guest of await guests.list()) {
    for (const photo of await guests.photos(guest.id)) {
      if (photo.faceIds.some((faceId) => !known.has(faceId))) lost.push({ guest, photo });
    }
  }
  return lost;
}

/**
 * Finds the faces of guests that the collection has lost in their photos, which the bucket still has. Safe to repeat,
 * and to break off: each photo is done by itself, and one that is done is not done again.
 *
 * @param onProgress told after each photo how many are done, and of how many
 */
export async function rebuildFaces(
  services: RebuildServices,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Rebuilt> {
  const all = await lostFaces(services);
  const lost: LostFace[] = [];
  for (const [index, face] of all.entries()) {
    if (!(await rebuild(services, face))) lost.push(face);
    onProgress(index + 1, all.length);
  }
  return { found: all.length - lost.length, lost };
}

async function rebuild(
  { config, guests, people, collection }: RebuildServices,
  { guest, photo }: LostFace,
): Promise<boolean> {
  const faceId = await enrolAnew(collection, { bucket: config.BUCKET_NAME, key: photo.key }, photo.photoId);
  if (faceId === undefined) return false;
  await people.assign(faceId, { kind: 'guest', id: guest.id });
  await guests.addPhoto(guest.id, { photoId: photo.photoId, faceIds: [faceId], key: photo.key });
  // Last: until here, whoever does this once more finds the photo as one whose face is lost.
  await people.forget(photo.faceIds.filter((former) => former !== faceId));
  return true;
}

/** @returns undefined when the photo is gone, or its face will not do */
async function enrolAnew(
  collection: RebuildServices['collection'],
  photo: { readonly bucket: string; readonly key: string },
  photoId: string,
): Promise<string | undefined> {
  try {
    const verdict = await collection.enrol(photo, photoId);
    return 'faceId' in verdict ? verdict.faceId : undefined;
  } catch (error) {
    if (error instanceof InvalidS3ObjectException) return undefined;
    throw error;
  }
}
