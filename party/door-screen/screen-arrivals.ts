import { createHash } from 'node:crypto';
import type { Arrival } from '../arrivals/arrivals.ts';
import { second } from '../clock.ts';
import type { Photo } from '../guests/guests.ts';
import type { ScreenServices } from './screen-services.ts';
import { greetedFor, type ScreenArrival } from './told.ts';

/** How long an arrival waits for its song to be chosen, in milliseconds; then it is shown without. */
const songAwaited = 15 * second;

/**
 * An id for the screen: the same for each look, another for a guest whose arrival was taken back and who then comes, and
 * of no use anywhere else.
 */
export const screenId = ({ partyId, guestId, time }: Pick<Arrival, 'partyId' | 'guestId' | 'time'>): string =>
  createHash('sha256').update(`${partyId}\n${guestId}\n${time}`).digest('base64url').slice(0, 10);

/**
 * The arrivals that a screen has yet to show, in the order in which the guests came.
 *
 * @param known the ids of those that it has
 * @param now milliseconds since 1970
 */
export function newFor(
  arrivals: readonly Arrival[],
  known: ReadonlySet<string>,
  now: number,
): readonly Arrival[] {
  return arrivals.filter(
    (arrival) => !arrival.quiet && now - arrival.time <= greetedFor && !known.has(screenId(arrival)),
  );
}

type LookupServices = Pick<ScreenServices, 'guests' | 'songs' | 'addresses' | 'now'>;

/**
 * What a screen is told of an arrival. The guest's own song is known at once; a carol once it is chosen, which whoever
 * announces the arrival does.
 *
 * @returns undefined while the song is awaited
 */
export async function screenArrival(
  { guests, songs, addresses, now }: LookupServices,
  arrival: Arrival,
): Promise<ScreenArrival | undefined> {
  const { guestId, name, time } = arrival;
  const [guest, photos] = await Promise.all([guests.get(guestId), guests.photos(guestId)]);
  const songId = arrival.songId ?? guest?.songId;
  const age = Math.max(0, now() - time);
  if (songId === undefined && arrival.messageId === undefined && age < songAwaited) return undefined;
  const song = songId === undefined ? undefined : await songs.get(songId);
  const photo = portraitAmong(photos);
  return {
    id: screenId(arrival),
    name,
    age,
    ...(song && {
      song: {
        address: await addresses.of(song.key),
        title: song.title,
        ...(song.performer && { performer: song.performer }),
      },
    }),
    ...(photo && {
      picture: { address: await addresses.of(photo.key), ...(photo.box && { face: photo.box }) },
    }),
  };
}

/** The photo that shows most of the guest's face, and so least of anybody else. */
export function portraitAmong(photos: readonly Photo[]): Photo | undefined {
  const area = ({ box }: Photo): number => (box ? box.width * box.height : 0);
  return photos
    .filter(({ fileGivenUp }) => !fileGivenUp)
    .reduce<Photo | undefined>(
      (best, photo) => (best && area(best) >= area(photo) ? best : photo),
      undefined,
    );
}
