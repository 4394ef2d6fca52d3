import type { Services } from '../services.ts';
import { dropPhoto, type PhotoPlace, restorePhoto } from './drop-photo.ts';
import { removeGuest, restoreGuest } from './remove-guest.ts';

type PhotoServices = Pick<Services, 'config' | 'table' | 'guests' | 'people' | 'collection' | 'now'>;

/** A photo by which somebody was added. */
export interface AddedPhoto extends PhotoPlace {
  /** The guest came with it, and not before. */
  readonly isNew: boolean;
}

/** What was removed with a photo that was taken back: the guest, or only the photo. */
export type TakenBack = 'guest' | 'photo';

/**
 * Takes back that a photo was added. A guest who came with it is removed, but not one who has got another photo since.
 * Safe to repeat.
 *
 * @returns undefined when there is nothing to take back: the photo is not that guest's any more
 */
export async function takeBackPhoto(
  services: PhotoServices,
  { guestId, photoId, isNew }: AddedPhoto,
): Promise<TakenBack | undefined> {
  const photos = await services.guests.photos(guestId);
  if (!photos.some((photo) => photo.photoId === photoId)) return undefined;
  if (isNew && photos.length === 1) return (await removeGuest(services, guestId)) && 'guest';
  const { outcome } = await dropPhoto(services, { guestId, photoId });
  return outcome === 'done' ? 'photo' : undefined;
}

/** Undoes {@link takeBackPhoto}. @returns false when it cannot be undone any more */
export async function bringBackPhoto(
  services: PhotoServices,
  place: PhotoPlace,
  taken: TakenBack,
): Promise<boolean> {
  if (taken === 'guest') return (await restoreGuest(services, place.guestId)) !== undefined;
  return (await restorePhoto(services, place)).outcome === 'done';
}
