import { findLosses, type LossServices } from '../losses/losses.ts';
import type { Services } from '../services.ts';
import { faceAt } from './faces-in-photo.ts';
import type { Guest, Photo } from './guests.ts';

type RebuildServices = Pick<Services, 'config' | 'guests' | 'people' | 'collection'>;

/** What came of finding faces anew. */
export interface Rebuilt {
  /** Photos whose face is in the collection again. */
  readonly found: number;
  /** Photos in whose files no face is found any more. */
  readonly faceless: number;
}

/**
 * Finds the faces of guests that the collection has lost in their photos, as far as the bucket still has those. Safe to
 * repeat, and to break off: each photo is done by itself, and one that is done is not done again. A photo in which no
 * face is found is noted as such, so that nobody is told again that one could be.
 *
 * @param onProgress told after each photo how many are done, and of how many
 */
export async function rebuildFaces(
  services: RebuildServices & LossServices,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<Rebuilt> {
  const { guests } = await findLosses(services);
  const all = guests.flatMap(({ guest, findable }) => findable.map((photo) => ({ guest, photo })));
  let found = 0;
  for (const [index, { guest, photo }] of all.entries()) {
    if (await rebuildFace(services, guest, photo)) found++;
    else await services.guests.addPhoto(guest.id, { ...photo, faceIds: [] });
    onProgress(index + 1, all.length);
  }
  return { found, faceless: all.length - found };
}

/**
 * Finds a guest's face in a photo, and has the guest recognised by it in place of the faces that it had.
 *
 * @returns false when the photo's file is gone, or its face will not do
 */
export async function rebuildFace(
  { config, guests, people, collection }: RebuildServices,
  guest: Guest,
  photo: Photo,
): Promise<boolean> {
  const faceId = await findFaceAgain(collection, { bucket: config.BUCKET_NAME, key: photo.key }, photo);
  if (faceId === undefined) return false;
  await people.assign(faceId, { kind: 'guest', id: guest.id });
  await guests.addPhoto(guest.id, { ...photo, faceIds: [faceId] });
  // Last: until here, whoever does this once more finds the photo as one whose face is lost.
  await people.forget(photo.faceIds.filter((former) => former !== faceId));
  return true;
}

/**
 * Takes photos of which neither file nor face is left off those guests who are recognised all the same. Of a guest who
 * is not, they stay: that there were photos is all that is known.
 *
 * @returns the guests' names, each with how many photos were taken off
 */
export async function forgetLostPhotos(
  services: LossServices,
): Promise<Array<{ readonly name: string; readonly photos: number }>> {
  const { guests } = await findLosses(services);
  const forgotten = guests.filter(({ isRecognised, lost }) => isRecognised && lost.length > 0);
  for (const { guest, lost } of forgotten) {
    for (const { photoId, faceIds } of lost) {
      await services.people.forget(faceIds);
      await services.guests.removePhoto(guest.id, photoId);
    }
  }
  return forgotten.map(({ name, lost }) => ({ name, photos: lost.length }));
}

/**
 * Gives up the files of photos that are gone, of guests who are recognised by those photos' faces all the same: the
 * faces stay, and nobody is asked for the files any more. Safe to repeat.
 *
 * @returns the guests' names, each with how many files were given up
 */
export async function giveUpLostFiles(
  services: LossServices,
): Promise<Array<{ readonly name: string; readonly photos: number }>> {
  const { guests } = await findLosses(services);
  const settled = guests.filter(({ withoutFile }) => withoutFile.length > 0);
  for (const { guest, withoutFile } of settled) {
    for (const photo of withoutFile)
      await services.guests.addPhoto(guest.id, { ...photo, fileGivenUp: true });
  }
  return settled.map(({ name, withoutFile }) => ({ name, photos: withoutFile.length }));
}

/**
 * Indexes the face of a photo once more.
 *
 * @returns its new id; undefined when the photo's file is gone, or the face will not do
 */
export async function findFaceAgain(
  collection: RebuildServices['collection'],
  photo: { readonly bucket: string; readonly key: string },
  { photoId, box }: Pick<Photo, 'photoId' | 'box'>,
): Promise<string | undefined> {
  try {
    if (box) {
      const found = await collection.index(photo, photoId);
      // The other faces of a group are other people's, or nobody's and swept away later.
      return 'reason' in found ? undefined : faceAt(box, found.faces)?.faceId;
    }
    const verdict = await collection.enrol(photo, photoId);
    return 'faceId' in verdict ? verdict.faceId : undefined;
  } catch (error) {
    // By its name: the webhook, which every update waits for, should not load Rekognition's client for the class.
    if (error instanceof Error && error.name === 'InvalidS3ObjectException') return undefined;
    throw error;
  }
}
