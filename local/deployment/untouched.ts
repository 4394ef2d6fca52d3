import type { Services } from '../../party/services.ts';

/** Whether nobody has done anything in the house yet. */
export async function isUntouched({ hosts, guests, parties }: Services): Promise<boolean> {
  const [known, invited, past] = await Promise.all([hosts.list(), guests.list(), parties.lastPast()]);
  return known.length === 0 && invited.length === 0 && past === undefined;
}
