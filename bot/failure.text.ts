/** What people read when something went wrong that nobody foresaw. */
export const failureText = {
  unknown: 'Something went wrong on my side. Try again in a minute.',
  storageFull: 'I couldn’t keep that: the disk is full. Please free some space on it, then send it again.',
} as const;
