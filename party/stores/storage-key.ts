/** The folders of the bucket. */
export const storageFolders = ['photos/', 'songs/', 'snapshots/'] as const;
export type StorageFolder = (typeof storageFolders)[number];

/** What the keys of a party's recap pictures begin with. */
export const recapPicturesOf = (partyId: string): string =>
  `snapshots/drawn/recap-${encodeURIComponent(partyId)}-`;

/** Where things lie in the bucket. */
export const storageKey = {
  /** Of a photo alone, whosever it is, so that it is stored once. Whoever reads one goes by the key on its item. */
  photo: (photoId: string): string => `photos/${photoId}`,
  song: (songId: string): string => `songs/${songId}`,
  /** @param time the frame's, milliseconds since 1970 */
  snapshot: (time: number): string => `snapshots/${time}.jpg`,
  /** An unknown face, cut out of the camera's picture. @param time the frame's */
  unknownFace: ({ id, time }: { readonly id: string; readonly time: number }): string =>
    `snapshots/drawn/${time}-unknown-${id}.jpg`,
  /** A guest's picture as people are to see it, until it is sent. */
  drawnSnapshot: ({ guestId, time }: { readonly guestId: string; readonly time: number }): string =>
    `snapshots/drawn/${time}-${encodeURIComponent(guestId)}.jpg`,
  /** A recap's picture, until it is sent. @param to whom: each is sent one of their own */
  recapPicture: (partyId: string, to: string): string => `${recapPicturesOf(partyId)}${to}.jpg`,
} as const;
