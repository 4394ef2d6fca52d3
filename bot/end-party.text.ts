import type { EndReason } from '../party/parties/recap.ts';
import { shownName as n } from './names.ts';
import { count } from './wording.ts';

/** What people read when a party ends. */
export const endText = {
  over: (reason: EndReason, from: string, to: string): string =>
    reason === 'asked'
      ? `The party is over (${from} to ${to}).`
      : `Its time is up: the party is over (${from} to ${to}).`,
  nobodyCame: 'Nobody was seen at the door.',
  came: (came: number, invited: number): string => `${came} of ${count(invited, 'guest')} came:`,
  arrival: (clock: string, name: string, song: string | undefined): string =>
    song === undefined ? `${clock} ${n(name)}` : `${clock} ${n(name)} ♪ ${song}`,
  notSeen: 'Not seen:',
  missing: (name: string): string => `– ${n(name)}`,
  notWatched: (lastFrom: string, lastTo: string, times: number, minutes: number): string =>
    times === 1
      ? `Nobody watched the door from ${lastFrom} to ${lastTo}.`
      : `Nobody watched the door ${times} times, ${count(minutes, 'minute')} in all; the last time from ${lastFrom} to ${lastTo}.`,
  thanks: 'Good night!',
  recognitionRuns: (reason: string): string =>
    `The party is over, but the recognition does not stop yet: ${reason}. I try again every minute.`,
} as const;
