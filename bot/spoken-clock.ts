import type { PartyTimes } from './times.ts';

const prefix = /^(?:(?:un)?till?|to|at|by)\s+/;
const time = /^(\d{1,2})(?:[:.h](\d{2}))?\s?(a\.?m\.?|p\.?m\.?|o[’']?clock|h|uhr)?$/;

/**
 * The next time that clocks show, as people say it: `until 1am`, `8 pm`, `01:00`, `till midnight`. An hour alone has to
 * be said to be one (`until 1`, `1 o'clock`): it is the next of the two that it may be.
 *
 * @param written in small letters, with single spaces
 * @param atLeast milliseconds: of two hours that may be meant, the first that is so far from now is
 * @returns milliseconds since 1970; undefined for anything else, and for an hour that clocks skip
 */
export function readClock(
  written: string,
  { now, atLeast }: { readonly now: number; readonly atLeast: number },
  times: PartyTimes,
): number | undefined {
  const text = written.replace(prefix, '');
  const isEnd = text !== written;
  if (text === 'midnight') return times.next(0, 0, now);
  if (text === 'noon') return times.next(12, 0, now);
  const [, hours, minutes, half] = time.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const isAlone = minutes === undefined && half === undefined;
  if (isAlone && !isEnd) return undefined;
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  const candidates = hoursMeant(hour, half, minutes !== undefined);
  const after = candidates.length > 1 ? now + atLeast : now;
  const found = candidates.flatMap((one) => times.next(one, minute, after) ?? []);
  return found.length > 0 ? Math.min(...found) : undefined;
}

/** The hours of a day that may be meant. */
function hoursMeant(hour: number, half: string | undefined, hasMinutes: boolean): number[] {
  const isHalf = /^[ap]/.exec(half ?? '')?.[0];
  if (isHalf) return hour >= 1 && hour <= 12 ? [(hour % 12) + (isHalf === 'p' ? 12 : 0)] : [];
  // With minutes it is written as on a digital clock, which knows 24 hours.
  if (hasMinutes || hour === 0 || hour > 12) return [hour % 24];
  return [hour % 12, (hour % 12) + 12];
}
