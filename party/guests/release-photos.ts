import type { Services } from '../services.ts';
import { removeGuest } from './remove-guest.ts';

/** Photos that became a guest's by the one name that stood on an album. */
export interface AlbumPhotosOf {
  readonly guestId: string;
  readonly photoIds: readonly string[];
  /** The guest was made by these photos. */
  readonly isNew: boolean;
}

/**
 * Takes photos off a guest whose they were only by a name that stood on an album of several people: nobody said of
 * whom. Their faces and files stay, as nobody's. A guest who was made by them goes, too, unless something was done to
 * it meanwhile. Of a guest who is known by other photos nothing is taken: name and face agreed. Safe to repeat.
 *
 * @returns whether they are nobody's now
 */
export async function releasePhotos(
  services: Pick<Services, 'config' | 'table' | 'guests' | 'people' | 'collection' | 'now'>,
  { guestId, photoIds, isNew }: AlbumPhotosOf,
): Promise<boolean> {
  const { guests, people } = services;
  const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
  const theirs = photos.filter(({ photoId }) => photoIds.includes(photoId));
  if (!guest || theirs.length < photos.length) return false;
  for (const { photoId, faceIds } of theirs) {
    await people.forget(faceIds);
    await guests.removePhoto(guestId, photoId);
  }
  if (isNew && guest.songId === undefined && !guest.livesHere) await removeGuest(services, guestId);
  return true;
}
