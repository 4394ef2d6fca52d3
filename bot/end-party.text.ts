import type { EndReason } from '../party/parties/recap.ts';
import { shownName as n } from './names.ts';
import { count } from './wording.ts';

/** From when to when, as it stands in a sentence. */
export const spanOf = (from: string, to: string): string => (from === to ? `at ${from}` : `${from} to ${to}`);

/** How many came of those who were invited. */
export const whoCame = (came: number, invited: number): string =>
  came === 1 && invited === 1 ? 'Your guest came' : `${came} of ${count(invited, 'guest')} came`;

/** What people read when a party ends. */
export const endText = {
  over: (reason: EndReason, from: string, to: string): string => {
    const span = spanOf(from, to);
    return reason === 'asked' ? `The party’s over (${span}).` : `Time’s up: the party’s over (${span}).`;
  },
  nobodyCame: 'I didn’t see anyone.',
  came: (came: number, invited: number): string => `${whoCame(came, invited)}:`,
  arrival: (clock: string, name: string, song: string | undefined): string =>
    song === undefined ? `${clock} ${n(name)}` : `${clock} ${n(name)} ♪ ${song}`,
  notSeen: 'I didn’t see:',
  missing: (name: string): string => `– ${n(name)}`,
  notWatched: (lastFrom: string, lastTo: string, times: number, minutes: number): string =>
    times === 1
      ? `I couldn’t see the door from ${lastFrom} to ${lastTo}.`
      : `I couldn’t see the door ${times} times, ${count(minutes, 'minute')} in all; the last time from ${lastFrom} to ${lastTo}.`,
  /** To the guests. */
  thankYou: 'Thank you all for coming. See you next time!',
  thanks: 'See you next time!',
  endsSoon: (at: string): string => `The party ends at ${at}. Shall it go on?`,
  recognitionRuns: (reason: string): string =>
    `The party’s over, but I can’t stop watching yet: ${reason}. I try again every minute.`,
} as const;
