import type { Services } from '../../party/services.ts';
import { repairText } from './repair.text.ts';

/** What a house can do no more though it knows of it. */
export interface Losses {
  /** The names of guests who are not recognised, for their faces are gone. */
  readonly unrecognised: readonly string[];
  /** The titles of songs that are gone. */
  readonly songs: readonly string[];
}

/** @param hasObject whether the bucket has an object of this key */
export async function findLosses(
  { people, collection, guests, songs }: Pick<Services, 'people' | 'collection' | 'guests' | 'songs'>,
  hasObject: (key: string) => boolean,
): Promise<Losses> {
  const [owners, stored, all] = await Promise.all([people.all(), collection.faces(), songs.list()]);
  const faces = new Set(stored.map(({ faceId }) => faceId));
  const ids = new Set(
    [...owners].flatMap(([faceId, { kind, id }]) => (kind === 'guest' && !faces.has(faceId) ? [id] : [])),
  );
  const unrecognised = ids.size === 0 ? [] : (await guests.list()).filter(({ id }) => ids.has(id));
  return {
    unrecognised: unrecognised.map(({ name }) => name),
    songs: all.filter(({ key }) => !hasObject(key)).map(({ title }) => title),
  };
}

/** A sentence for each kind of loss, for the host. @param command what repairs it */
export function inSentences({ unrecognised, songs }: Losses, command: string): string[] {
  return [
    ...(unrecognised.length > 0 ? [repairText.cannotRecognise(unrecognised, command)] : []),
    ...(songs.length > 0 ? [repairText.songsGone(songs)] : []),
  ];
}
