import type { Services } from '../services.ts';
import { type Guest, Guests, namesakes } from './guests.ts';
import { movePhoto } from './move-photo.ts';

/** What came of another name for a photo that was taken in. */
export type NameCorrection =
  /** It is nobody's photo, or of several people: there is nothing to correct. */
  | { readonly outcome: 'nobody’s' }
  /** It was theirs already. */
  | { readonly outcome: 'same'; readonly guest: Guest }
  /** It is the guest's only photo, and nobody else has the name: the guest was called wrongly. */
  | { readonly outcome: 'renamed'; readonly guest: Guest; readonly before: string }
  /** It is another guest's now. @property left how many photos the former one has */
  | { readonly outcome: 'moved'; readonly guest: Guest; readonly from: Guest; readonly left: number }
  /** Several are called so. */
  | { readonly outcome: 'several' };

/** Corrects whose a photo is, by the name that it should have had. Safe to repeat. */
export async function correctName(
  services: Pick<Services, 'guests' | 'people' | 'table' | 'now'>,
  photoId: string,
  name: string,
): Promise<NameCorrection> {
  const { guests } = services;
  const everybody = await guests.list();
  const photos = await Promise.all(everybody.map(({ id }) => guests.photos(id)));
  const holders = everybody.filter((_, index) => photos[index]!.some((photo) => photo.photoId === photoId));
  const [holder, another] = holders;
  if (!holder || another) return { outcome: 'nobody’s' };
  const called = namesakes(name, everybody);
  if (called.some(({ id }) => id === holder.id)) return { outcome: 'same', guest: holder };
  if (called.length > 1) return { outcome: 'several' };
  const others = photos[everybody.indexOf(holder)]!.length - 1;
  if (called.length === 0 && others === 0) {
    const guest = await guests.rename(holder.id, name);
    return guest ? { outcome: 'renamed', guest, before: holder.name } : { outcome: 'nobody’s' };
  }
  const to = called[0] ?? (await guests.add(Guests.newId(), name));
  const moved = await movePhoto(services, { guestId: holder.id, photoId }, to.id);
  return moved.outcome === 'done'
    ? { outcome: 'moved', guest: to, from: holder, left: others }
    : { outcome: 'nobody’s' };
}
