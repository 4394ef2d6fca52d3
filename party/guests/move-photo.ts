import type { Services } from '../services.ts';
import type { PhotoMove, PhotoPlace } from './drop-photo.ts';
import { noteLookalikes } from './note-lookalikes.ts';

/**
 * Makes a guest's photo another guest's, with its face: the collection stays as it is. Moved back, all is as before. Safe
 * to repeat; cut short, both guests have the photo, and a repetition finishes it.
 *
 * @returns the guest who has it now; done, too, when that guest had it already
 */
export async function movePhoto(
  services: Pick<Services, 'guests' | 'people' | 'table' | 'now'>,
  { guestId: from, photoId }: PhotoPlace,
  to: string,
): Promise<PhotoMove> {
  const { guests, people } = services;
  const guest = await guests.get(to);
  if (!guest) return { outcome: 'gone' };
  const [before, after] = await Promise.all([guests.photos(from), guests.photos(to)]);
  const photo = before.find((one) => one.photoId === photoId);
  const own = after.find((one) => one.photoId === photoId);
  if (!photo && !own) return { outcome: 'gone' };
  if (photo && from !== to) {
    if (own && !own.faceIds.some((faceId) => photo.faceIds.includes(faceId)))
      return { outcome: 'taken', guest };
    await guests.addPhoto(to, photo);
    for (const faceId of photo.faceIds) await people.assign(faceId, { kind: 'guest', id: to });
    await guests.removePhoto(from, photoId);
    await noteLookalikes(services);
  }
  return { outcome: 'done', guest, photos: (await guests.photos(to)).length };
}
