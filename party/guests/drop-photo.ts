import type { Services } from '../services.ts';
import { clearFaces } from './clear-faces.ts';
import { covers } from './faces-in-photo.ts';
import type { Guest, Photo } from './guests.ts';
import { noteLookalikes } from './note-lookalikes.ts';
import { rebuildFace } from './rebuild-faces.ts';
import { Removals } from './removals.ts';

type PhotoServices = Pick<Services, 'config' | 'table' | 'guests' | 'people' | 'collection' | 'now'>;

/** One photo of a guest. */
export interface PhotoPlace {
  readonly guestId: string;
  readonly photoId: string;
}

/** What came of dropping a photo, or of taking that back. */
export type PhotoChange = Exclude<PhotoMove, { outcome: 'taken' }>;

/** What came of moving a photo. */
export type PhotoMove =
  /** @property photos how many the guest has now; with none, the guest is not recognised */
  | { readonly outcome: 'done'; readonly guest: Guest; readonly photos: number }
  /** The other guest is in that photo with another face. */
  | { readonly outcome: 'taken'; readonly guest: Guest }
  /** Guest or photo is not there, or the photo is somebody else's by now. */
  | { readonly outcome: 'gone' };

/**
 * Takes a photo off a guest. Its face is deleted at once; its file is kept for as long as this can be undone
 * (`undo-span.ts`). Safe to repeat; what a sudden end left undone, a repetition does, or the sweep
 * (`finish-removals.ts`).
 */
export async function dropPhoto(
  services: PhotoServices,
  { guestId, photoId }: PhotoPlace,
): Promise<PhotoChange> {
  const { guests, table, now } = services;
  const guest = await guests.get(guestId);
  const photo = guest && (await new Removals(table).removePhoto(guestId, photoId, now()));
  if (!guest || !photo) return { outcome: 'gone' };
  await clearFaces(services, guestId, [photo]);
  await noteLookalikes(services);
  return { outcome: 'done', guest, photos: (await guests.photos(guestId)).length };
}

/**
 * Takes {@link dropPhoto} back: the face is found again in the file. Safe to repeat; cut short, the photo stands as one
 * whose face is lost (`losses.ts`), which a repair finds again.
 */
export async function restorePhoto(
  services: PhotoServices,
  { guestId, photoId }: PhotoPlace,
): Promise<PhotoChange> {
  const { guests, table } = services;
  const removals = new Removals(table);
  const guest = await guests.get(guestId);
  const dropped = (await removals.photos(guestId)).find((one) => one.photoId === photoId);
  if (!guest || !dropped || (await isElsewhere(services, guestId, dropped))) return { outcome: 'gone' };
  const photo = await removals.restorePhoto(guestId, photoId);
  if (!photo) return { outcome: 'gone' };
  await rebuildFace(services, guest, photo);
  await noteLookalikes(services);
  return { outcome: 'done', guest, photos: (await guests.photos(guestId)).length };
}

/**
 * Whether the face of that photo is another guest's by now: the photo was sent again, or moved. In a photo of several
 * people the others have faces of their own. All guests are looked through.
 */
export async function isElsewhere(
  { guests }: Pick<Services, 'guests'>,
  guestId: string,
  { photoId, box }: Pick<Photo, 'photoId' | 'box'>,
): Promise<boolean> {
  const others = (await guests.list()).filter(({ id }) => id !== guestId);
  const photos = (await Promise.all(others.map(({ id }) => guests.photos(id)))).flat();
  const isSame = (other: Photo): boolean => !box || !other.box || covers(box, other.box);
  return photos.some((photo) => photo.photoId === photoId && isSame(photo));
}
