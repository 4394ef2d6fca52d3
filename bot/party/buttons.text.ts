/** What stands on the buttons about a party. */
export const partyButtonsText = {
  oneHourMore: '+1 h',
  endNow: 'End now',
  undo: 'Undo',
} as const;
