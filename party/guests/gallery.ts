import type { Services } from '../services.ts';
import { type Confusion, galleryCheck, type KnownGuest } from './gallery-check.ts';

/** Which guests could be taken for each other, as things are now; the most alike first. */
export async function confusions(services: Pick<Services, 'guests'>): Promise<Confusion[]> {
  return galleryCheck(await knownGuests(services));
}

/** All guests with their photos: a query each. */
export async function knownGuests({ guests }: Pick<Services, 'guests'>): Promise<KnownGuest[]> {
  const known = (await guests.list()).map(async (guest) => ({
    guest,
    photos: await guests.photos(guest.id),
  }));
  return Promise.all(known);
}
