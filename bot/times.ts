import type { ArrivalServices } from '../party/arrival-services.ts';
import { hour, minute } from '../party/clock.ts';

/** Times as people of one place write them. */
export interface PartyTimes {
  /** `20:15` */
  clock(time: number): string;
  /** `20:15:03` */
  exactClock(time: number): string;
  /** `Sat 28 Nov` */
  date(time: number): string;
  /** `Saturday 28 November 2026` */
  longDate(time: number): string;
  /**
   * The next time after `now` at which clocks show that hour and minute, milliseconds since 1970; undefined when
   * they do not within a day, as in the hour that summer time skips.
   */
  next(hours: number, minutes: number, now: number): number | undefined;
}

/** Times in the house's time zone. */
export const timesOf = async ({ settings }: Pick<ArrivalServices, 'settings'>): Promise<PartyTimes> =>
  partyTimes((await settings.read()).timeZone);

/** Making a format takes as long as a thousand uses of it. */
const made = new Map<string | undefined, PartyTimes>();

/** @param timeZone IANA name; the process's own when not given */
export function partyTimes(timeZone: string | undefined): PartyTimes {
  const times = made.get(timeZone) ?? makeTimes(timeZone);
  made.set(timeZone, times);
  return times;
}

function makeTimes(timeZone: string | undefined): PartyTimes {
  const format = {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  } as const;
  const minutes = new Intl.DateTimeFormat('en-GB', format);
  const seconds = new Intl.DateTimeFormat('en-GB', { ...format, second: '2-digit' });
  const days = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(timeZone && { timeZone }),
  });
  const longDays = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', ...(timeZone && { timeZone }) });
  const clock = (time: number): string => minutes.format(time);
  return {
    clock,
    exactClock: (time) => seconds.format(time),
    date: (time) => days.format(time).replace(',', ''),
    longDate: (time) => longDays.format(time).replace(',', ''),
    next(hours, minutes, now) {
      const wanted = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
      const first = Math.floor(now / minute + 1) * minute;
      // Minute by minute: the one way that is right on the days when clocks change.
      for (let time = first; time <= now + 26 * hour; time += minute) if (clock(time) === wanted) return time;
      return undefined;
    },
  };
}
