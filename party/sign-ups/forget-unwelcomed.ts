import { second } from '../clock.ts';
import { Removals } from '../guests/removals.ts';
import type { Services } from '../services.ts';
import { GuestLinks } from './guest-links.ts';
import { isLapsed } from './lapsed.ts';
import { guestLinksPartition } from './link-tries.ts';
import { SignUps, stepOf } from './sign-ups.ts';

/**
 * Forgets whoever signed up by a link that is over and was not welcomed, but for those who wait for the answer of a
 * host who ended it; that somebody signed up who is no guest any more, for good; and links that nobody need be told of.
 * Safe to repeat.
 */
export async function forgetUnwelcomed(
  services: Pick<Services, 'table' | 'now' | 'hosts' | 'parties'>,
): Promise<void> {
  const { table, now } = services;
  const signUps = new SignUps(table);
  const links = new GuestLinks(services);
  const removals = new Removals(table);
  for (const signUp of await signUps.list()) {
    const isOver =
      stepOf(signUp) === 'welcomed'
        ? !(await removals.guest(signUp.guestId!))
        : await isLapsed(links, signUp);
    if (isOver) await signUps.remove(signUp.userId);
  }
  for (const item of await table.query<{ readonly expiresAt: number }>(guestLinksPartition))
    if (item.expiresAt * second <= now()) await table.delete(item);
}
