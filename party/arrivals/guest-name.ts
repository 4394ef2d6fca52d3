import type { Guests } from '../guests/guests.ts';
import { externalPrefix } from './sightings.ts';

/** @returns undefined for a guest who is no longer one, though a face of theirs is still in the collection */
export async function guestName(guests: Pick<Guests, 'get'>, guestId: string): Promise<string | undefined> {
  if (guestId.startsWith(externalPrefix)) return guestId.slice(externalPrefix.length);
  return (await guests.get(guestId))?.name;
}
