/** What people read when guests are to be added from their contacts. */
export const contactsText = {
  add: 'Add from contacts',
  ask: 'Tap “Choose contacts” below and pick up to ten people. I’ll take their names and profile photos.',
  choose: 'Choose contacts',
  cancel: '✕ Cancel',
} as const;
