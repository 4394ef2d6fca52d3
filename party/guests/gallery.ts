import type { Services } from '../services.ts';
import { type Confusion, galleryCheck } from './gallery-check.ts';

/** Which guests could be taken for each other, as things are now; the most alike first. */
export async function confusions({ guests }: Pick<Services, 'guests'>): Promise<Confusion[]> {
  const known = (await guests.list()).map(async (guest) => ({
    guest,
    photos: await guests.photos(guest.id),
  }));
  return galleryCheck(await Promise.all(known));
}
