import type { Services } from '../services.ts';
import { clearFaces } from './clear-faces.ts';
import { isElsewhere } from './drop-photo.ts';
import type { Guest } from './guests.ts';
import { noteLookalikes } from './note-lookalikes.ts';
import { rebuildFace } from './rebuild-faces.ts';
import { Removals } from './removals.ts';

type GuestServices = Pick<Services, 'config' | 'table' | 'guests' | 'people' | 'collection' | 'now'>;

/**
 * Removes a guest: from the first write on nobody is announced by that name, and then the faces are deleted. Name, song
 * and the photos' files are kept for as long as this can be undone (`undo-span.ts`). Parties of before keep the name.
 * Safe to repeat; what a sudden end left undone, a repetition does, or the sweep (`finish-removals.ts`).
 *
 * @returns undefined when there is no such guest
 */
export async function removeGuest(services: GuestServices, guestId: string): Promise<Guest | undefined> {
  const removals = new Removals(services.table);
  const guest = await removals.removeGuest(guestId, services.now());
  if (guest) {
    await clearFaces(services, guestId, await removals.photos(guestId));
    await noteLookalikes(services);
  }
  return guest;
}

/**
 * Takes {@link removeGuest} back: the faces are found again in the photos, but for those that are another guest's by now.
 * Safe to repeat; cut short, the guest stands as one whose faces are lost (`losses.ts`), which a repair finds again.
 *
 * @returns undefined when the guest is forgotten for good
 */
export async function restoreGuest(services: GuestServices, guestId: string): Promise<Guest | undefined> {
  const { guests, table } = services;
  const guest = await new Removals(table).restoreGuest(guestId);
  if (!guest) return undefined;
  for (const photo of await guests.photos(guestId)) {
    if (await isElsewhere(services, guestId, photo)) await guests.removePhoto(guestId, photo.photoId);
    else await rebuildFace(services, guest, photo);
  }
  await noteLookalikes(services);
  return guest;
}
