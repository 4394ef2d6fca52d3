import { hour, minute } from '../party/clock.ts';
import { readClock } from './spoken-clock.ts';
import { readSpan } from './spoken-span.ts';
import type { PartyTimes } from './times.ts';

export const shortest = 5 * minute;
export const longest = 24 * hour;

/** When a party ends, milliseconds since 1970, or what is wrong with what was written. */
export type EndReading =
  | { readonly endsAt: number }
  | { readonly problem: 'not understood' | 'too short' | 'too long' };

/**
 * Reads what follows `/start_party`: nothing (as long as a party usually lasts), a length (`4h`, `90 min`, `2.5 hours`,
 * `for an hour and a half`) or an end (`until 1am`, `8pm`, `01:00`, `till midnight`).
 *
 * @param usual how long a party lasts when nothing is said, milliseconds
 */
export function readPartyEnd(text: string, now: number, times: PartyTimes, usual: number): EndReading {
  const written = text.trim().toLowerCase().replace(/\s+/g, ' ').replace(/[.!]$/, '');
  if (written === '') return { endsAt: now + usual };
  const span = readSpan(written);
  const endsAt = span === undefined ? readClock(written, { now, atLeast: shortest }, times) : now + span;
  if (endsAt === undefined) return { problem: 'not understood' };
  if (endsAt - now < shortest) return { problem: 'too short' };
  // An end by the clock may be 25 hours away on the day when summer time ends.
  if (endsAt - now > longest) return { problem: 'too long' };
  return { endsAt };
}
