import { hour, minute } from '../party/clock.ts';
import type { PartyTimes } from './times.ts';

const usual = 4 * hour;
export const shortest = 5 * minute;
export const longest = 24 * hour;

/** When a party ends, milliseconds since 1970, or what is wrong with what was written. */
export type EndReading =
  | { readonly endsAt: number }
  | { readonly problem: 'not understood' | 'too short' | 'too long' };

/**
 * Reads what follows `/start_party`: nothing (four hours), a length (`4h`, `90m`, `1h30`, `2.5 h`, `1 h 30 min`)
 * or an end (`until 01:00`, `till 1:30`, `01:00`).
 */
export function readPartyEnd(text: string, now: number, times: PartyTimes): EndReading {
  const written = text.trim().toLowerCase();
  if (written === '') return { endsAt: now + usual };
  const length = readLength(written);
  const endsAt = length === undefined ? readClock(written, now, times) : now + length;
  if (endsAt === undefined) return { problem: 'not understood' };
  if (endsAt - now < shortest) return { problem: 'too short' };
  // An end by the clock may be 25 hours away on the day when summer time ends.
  if (endsAt - now > longest) return { problem: 'too long' };
  return { endsAt };
}

function readLength(written: string): number | undefined {
  const minutes = /^(\d{1,5})\s*m(?:in|ins|inutes?)?$/.exec(written);
  if (minutes) return Number(minutes[1]) * minute;
  const hours = /^(\d{1,3}(?:[.,]\d{1,2})?)\s*h(?:rs?|ours?)?$/.exec(written);
  if (hours) return Math.round((Number(hours[1]!.replace(',', '.')) * hour) / minute) * minute;
  const both = /^(\d{1,3})\s*h(?:ours?)?\s*(\d{1,2})\s*(?:m(?:in|inutes?)?)?$/.exec(written);
  if (both) return Number(both[1]) * hour + Number(both[2]) * minute;
  return undefined;
}

function readClock(written: string, now: number, times: PartyTimes): number | undefined {
  const match = /^(?:(?:un)?till?\s+)?([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(written);
  return match ? times.next(Number(match[1]), Number(match[2]), now) : undefined;
}
