import type { ArrivalServices } from '../arrival-services.ts';
import type { Arrival } from '../arrivals/arrivals.ts';
import { carolOfTurn } from './carols.ts';
import type { Song } from './songs.ts';

/** What choosing an arrival's song needs of the services. */
export type ArrivalSongServices = Pick<ArrivalServices, 'arrivals' | 'guests' | 'parties' | 'songs'>;

/**
 * The song that goes with an arrival: the guest's own, else the next carol of the party. It is kept with the
 * arrival, so that every try sends the same.
 *
 * @returns undefined when there is no song at all
 */
export async function songOfArrival(
  services: ArrivalSongServices,
  arrival: Arrival,
): Promise<Song | undefined> {
  const kept = arrival.songId && (await services.songs.get(arrival.songId));
  if (kept) return kept;
  const song = (await ownSong(services, arrival)) ?? (await nextCarol(services, arrival));
  if (song) await services.arrivals.keepSong(arrival, song.id);
  return song;
}

async function ownSong(
  { guests, songs }: ArrivalSongServices,
  { guestId }: Arrival,
): Promise<Song | undefined> {
  const songId = (await guests.get(guestId))?.songId;
  return songId === undefined ? undefined : songs.get(songId);
}

/** The next carol of the party's shuffle; undefined when there are none. */
export async function nextCarol(
  { parties, songs }: ArrivalSongServices,
  { partyId }: Arrival,
): Promise<Song | undefined> {
  const carols = await songs.carols();
  if (carols.length === 0) return undefined;
  const turn = await parties.nextCarolTurn({ id: partyId });
  // A party that has just ended counts no more turns; its last guest still gets a carol.
  const id = carolOfTurn(
    carols.map((carol) => carol.id),
    partyId,
    turn ?? 0,
  );
  return carols.find((carol) => carol.id === id);
}
