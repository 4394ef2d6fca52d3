import { shownName as n } from '../names.ts';

/** What people read about guests who are not announced. */
export const muteText = {
  thisParty: 'For this party',
  forGood: 'For good',
  yes: 'Yes, until I say otherwise',
  undo: 'Undo',

  who: 'Who should I not announce? Send /mute and the name.',
  nobody: (name: string): string => `I don’t know anybody called ${n(name)}. /guests lists everyone.`,
  which: (name: string): string => `There’s more than one ${n(name)}. Which one?`,
  howLong: (name: string): string => `I’ll recognise ${n(name)} and say nothing. For how long?`,
  fromNowOn: (name: string): string => `I’ll recognise ${n(name)} and say nothing. From now on?`,
  mutedOnce: (name: string): string => `I won’t announce ${n(name)} at this party.`,
  mutedForGood: (name: string): string => `I won’t announce ${n(name)} any more.`,
  announced: (name: string): string => `I’ll announce ${n(name)} again.`,
  overAlready: 'That party’s over already.',
  gone: 'That’s no longer there. See /guests.',
} as const;
