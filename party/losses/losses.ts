import { distinctNames, type Guest, type Photo } from '../guests/guests.ts';
import type { Services } from '../services.ts';
import type { Song } from '../songs/songs.ts';

/** A guest of whom something is gone: faces in the collection, photos in the bucket, or both. */
export interface GuestLoss {
  readonly guest: Guest;
  /** What the guest is called among the others. */
  readonly name: string;
  /** By any face at all: of a photo, or one that was indexed by other means. */
  readonly isRecognised: boolean;
  /** All photos of the guest that are known of. */
  readonly photos: number;
  /** Those whose face is in the collection. */
  readonly recognisedBy: number;
  /** Those whose face is not there, but can be found again in the file. */
  readonly findable: readonly Photo[];
  /** Those of which there is neither: no file, or none that shows a face. */
  readonly lost: readonly Photo[];
  /** Those by which the guest is recognised though their file is gone, unless a repair gave it up. */
  readonly withoutFile: readonly Photo[];
}

/** A song whose file is gone. */
export interface SongLoss {
  readonly song: Song;
  /** The names of the guests whose song it is. */
  readonly whose: readonly string[];
}

/** What is known of and is not there, as it is now. */
export interface Losses {
  readonly guests: readonly GuestLoss[];
  /** The guests' own songs. */
  readonly songs: readonly SongLoss[];
  /** Carols can be made anew: the next start, or deployment, puts them back. */
  readonly carols: readonly Song[];
}

/** What looking for losses needs of the services. */
export type LossServices = {
  readonly collection: Pick<Services['collection'], 'faces'>;
} & Pick<Services, 'people' | 'guests' | 'songs' | 'storage'>;

/**
 * What is lost. It is worked out from what is there each time, and kept nowhere: so it is never said of something that
 * is back. It takes a list of the faces, of the bucket's photos and songs, and a query for each guest.
 */
export async function findLosses(services: LossServices): Promise<Losses> {
  const [guests, songs] = await Promise.all([guestLosses(services), findSongLosses(services)]);
  return { guests, ...songs };
}

/** The songs and carols whose files are gone. */
export async function findSongLosses({
  guests,
  songs,
  storage,
}: Pick<LossServices, 'guests' | 'songs' | 'storage'>): Promise<Omit<Losses, 'guests'>> {
  const [stored, own, carols, everybody] = await Promise.all([
    storage.list('songs/'),
    songs.list(),
    songs.carols(),
    guests.list(),
  ]);
  const keys = new Set(stored.map(({ key }) => key));
  const names = distinctNames(everybody);
  const isGone = ({ key }: Song): boolean => !keys.has(key);
  return {
    songs: own.filter(isGone).map((song) => ({
      song,
      whose: everybody.filter(({ songId }) => songId === song.id).map(({ id }) => names.get(id)!),
    })),
    carols: carols.filter(isGone),
  };
}

async function guestLosses({ people, collection, guests, storage }: LossServices): Promise<GuestLoss[]> {
  const [owners, inCollection, stored, everybody] = await Promise.all([
    people.all(),
    collection.faces(),
    storage.list('photos/'),
    guests.list(),
  ]);
  const faces = new Set(inCollection.map(({ faceId }) => faceId));
  const files = new Set(stored.map(({ key }) => key));
  const ofGuests = [...owners].filter(([, { kind }]) => kind === 'guest');
  const owning = new Set(ofGuests.map(([, { id }]) => id));
  const recognised = new Set(ofGuests.flatMap(([faceId, { id }]) => (faces.has(faceId) ? [id] : [])));
  const names = distinctNames(everybody);
  const found = await Promise.all(
    everybody.map(async (guest): Promise<GuestLoss> => {
      const photos = await guests.photos(guest.id);
      const isKnown = ({ faceIds }: Photo): boolean => faceIds.some((faceId) => faces.has(faceId));
      const canBeFound = ({ key, faceIds }: Photo): boolean => faceIds.length > 0 && files.has(key);
      const known = photos.filter(isKnown);
      const unknown = photos.filter((photo) => !isKnown(photo));
      return {
        guest,
        name: names.get(guest.id)!,
        isRecognised: recognised.has(guest.id),
        photos: photos.length,
        recognisedBy: known.length,
        findable: unknown.filter(canBeFound),
        lost: unknown.filter((photo) => !canBeFound(photo)),
        withoutFile: known.filter(({ key, fileGivenUp }) => !fileGivenUp && !files.has(key)),
      };
    }),
  );
  // Without any photo nothing was lost, unless a face was theirs that is gone.
  return found.filter(
    ({ guest, isRecognised, findable, lost, withoutFile }) =>
      findable.length + lost.length + withoutFile.length > 0 || (!isRecognised && owning.has(guest.id)),
  );
}
