/** What people read when they ask for the recap of an earlier party. */
export const recapText = {
  none: 'No party yet. /start_party starts the first one.',
  stillOn: 'The party’s still on; its recap comes when it ends. /status shows who’s here.',
  which: 'Which party?',
  party: (date: string, from: string): string => `${date}, ${from}`,
} as const;
