import { hour } from '../clock.ts';

/** No lease, and no pause that somebody asked for, lasts longer: milliseconds. */
export const longestLease = hour;

/**
 * Whether a lease is over: its end has passed. So is one that ends further ahead than any can last, for it was written
 * by a clock that has been set back since; nobody would work for as long as that was.
 *
 * @param ends milliseconds since 1970
 */
export function isOver(ends: number, now: number): boolean {
  return ends < now || ends > now + longestLease;
}
