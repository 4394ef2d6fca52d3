import type { Services } from '../services.ts';
import type { Guest } from './guests.ts';
import { noteLookalikes } from './note-lookalikes.ts';

/** Marks a guest as a child, who is named on more evidence, or as none. @returns undefined when there is no such guest */
export async function markChild(
  services: Pick<Services, 'guests' | 'table' | 'now'>,
  guestId: string,
  isChild: boolean,
): Promise<Guest | undefined> {
  const guest = await services.guests.setChild(guestId, isChild);
  if (guest) await noteLookalikes(services);
  return guest;
}
