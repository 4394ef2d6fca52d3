/** How an album stands when one of its photos comes. */
export interface AlbumSoFar {
  /** Its people are, or were, asked about one by one. */
  readonly isOfSeveral: boolean;
  /** They are being asked about now. */
  readonly isOpen: boolean;
  /** The photo was here before. */
  readonly isRepeated: boolean;
  /** A name stands under this very photo. */
  readonly hasOwnName: boolean;
  /** How many different names there are in the album. */
  readonly names: number;
  /** How many people its photos show so far, with this one. */
  readonly people: number;
}

/** What is done with a photo of an album. */
export type AlbumStep =
  /** As with a photo that came alone, with the album's name if there is one. */
  | 'take by itself'
  /** From now on the album's people are asked about one by one. */
  | 'ask about all'
  /** Whoever it shows is one of those who are asked about. */
  | 'add'
  | 'nothing';

/**
 * What is done with a photo of an album. Photos of several people are never one guest's by a name that stands on one of
 * them: nobody knows on whose. In an album with several names each is of its own photo.
 */
export function albumStep(album: AlbumSoFar): AlbumStep {
  const { isOfSeveral, isOpen, isRepeated, hasOwnName, names, people } = album;
  if (!isOfSeveral) return names < 2 && people > 1 ? 'ask about all' : 'take by itself';
  if (isRepeated) return isOpen ? 'add' : 'nothing';
  if (hasOwnName && names > 1) return 'take by itself';
  return isOpen ? 'add' : 'ask about all';
}
