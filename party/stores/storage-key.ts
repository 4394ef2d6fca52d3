/** Where things lie in the bucket. */
export const storageKey = {
  photo: (personId: string, photoId: string): string => `photos/${personId}/${photoId}.jpg`,
  song: (songId: string): string => `songs/${songId}`,
  /** @param time the frame's, milliseconds since 1970 */
  snapshot: (time: number): string => `snapshots/${time}.jpg`,
} as const;
