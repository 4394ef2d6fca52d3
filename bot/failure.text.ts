/** What people read when something went wrong that nobody foresaw. */
export const failureText = {
  unknown: 'Something went wrong on my side. Please try again in a minute.',
  storageFull:
    'I could not keep this, for the disk is full. Please free some space on it, then send it again.',
} as const;
