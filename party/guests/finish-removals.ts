import type { Services } from '../services.ts';
import { undoSpan } from '../undo-span.ts';
import { clearFaces } from './clear-faces.ts';
import { isPresent, type Removable } from './guest-keys.ts';
import { Removals } from './removals.ts';

/**
 * Finishes removals: deletes the faces that a sudden end left of them, and forgets for good what was removed too long
 * ago to be restored. The photos' files are nobody's then, and are swept. A guest is forgotten after the photos: until
 * then, whoever does this once more finds them.
 */
export async function finishRemovals(
  services: Pick<Services, 'table' | 'people' | 'collection' | 'now'>,
): Promise<void> {
  const removals = new Removals(services.table);
  const before = services.now() - undoSpan;
  const isOld = ({ removedAt = Number.POSITIVE_INFINITY }: Removable): boolean => removedAt < before;
  for (const guest of await removals.guests()) {
    const photos = await removals.photos(guest.id);
    const removed = isPresent(guest) ? photos.filter((photo) => !isPresent(photo)) : photos;
    if (removed.length > 0) await clearFaces(services, guest.id, removed);
    for (const photo of removed) {
      if (isOld(guest)) await removals.forgetPhotoOfRemoved(guest.id, photo.photoId);
      else if (isOld(photo)) await removals.forgetPhoto(guest.id, photo.photoId, before);
    }
    if (isOld(guest)) await removals.forgetGuest(guest.id, before);
  }
}
