import type { Api } from 'grammy';
import type { ArrivalServices } from '../party/arrival-services.ts';
import type { Arrival } from '../party/arrivals/arrivals.ts';
import { loggable } from '../party/loggable.ts';
import type { Song } from '../party/songs/songs.ts';
import { songNotSent } from './arrival-message.text.ts';
import { songTitle } from './songs/songs.text.ts';

/** A guest's song that could not be sent, and whether a carol was in its place. */
export interface UnsentSong {
  readonly arrival: Arrival;
  readonly song: Song;
  readonly withCarol: boolean;
}

/**
 * Tells the party's host of it, in private, and once for each song. The arrival is in the chat by then: whatever fails
 * here must not make it come twice, and is only logged. Carols are the product's own: no host can send them anew.
 */
export async function tellOfUnsentSong(
  { parties, songs, log }: Pick<ArrivalServices, 'parties' | 'songs' | 'log'>,
  api: Api,
  { arrival, song, withCarol }: UnsentSong,
): Promise<void> {
  if (song.carol) return;
  try {
    const party = await parties.latest();
    if (party?.id !== arrival.partyId || !(await songs.firstFailure(song.id))) return;
    await api.sendMessage(party.startedBy, songNotSent(songTitle(song), arrival.name, withCarol));
  } catch (error) {
    log.warn('The host was not told of a song that cannot be sent', {
      songId: song.id,
      ...loggable(error),
    });
  }
}
