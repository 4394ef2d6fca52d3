import type { Services } from '../../party/services.ts';
import { hasSong } from '../enrolment/photo-result.ts';
import type { ContactBatch } from './contact-batches.ts';

/** The names of those who were added, are still there, and have no song. */
export async function songless(
  services: Pick<Services, 'guests' | 'songs'>,
  { results }: ContactBatch,
): Promise<string[]> {
  const added = results.flatMap((result) => (result.outcome === 'added' ? [result.guestId] : []));
  const guests = await Promise.all(added.map((id) => services.guests.get(id)));
  const names = guests.map(async (guest) => (guest && !(await hasSong(services, guest)) ? [guest.name] : []));
  return (await Promise.all(names)).flat();
}
