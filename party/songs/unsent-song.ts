import type { ArrivalServices } from '../arrival-services.ts';
import type { Arrival } from '../arrivals/arrivals.ts';
import { loggable } from '../loggable.ts';
import type { Message } from '../outbox/message.ts';
import { partyPartition } from '../parties/party.ts';
import type { Song } from './songs.ts';

/** A guest's song that could not be sent at the door, as the host is told of it. */
export interface UnsentSong extends Pick<Song, 'title' | 'performer'> {
  /** Whose song it is. */
  readonly name: string;
  /** Whether a carol played in its place. */
  readonly withCarol: boolean;
}

/**
 * Writes down that the party's host is to be told of it, in private and once for each song. The arrival is in the chat
 * by then: whatever fails here must not make it come twice, and is only logged. Carols are the product's own: no host
 * can send them anew.
 */
export async function noteUnsentSong(
  { outbox, songs, now, log }: Pick<ArrivalServices, 'outbox' | 'songs' | 'now' | 'log'>,
  arrival: Arrival,
  song: Song,
  withCarol: boolean,
): Promise<void> {
  if (song.carol || song.failed) return;
  const { title, performer } = song;
  const unsent: UnsentSong = { title, ...(performer && { performer }), name: arrival.name, withCarol };
  const message: Message = {
    kind: 'notice',
    key: { pk: partyPartition(arrival.partyId), sk: `notice#song#${song.id}` },
    // Without a host besides, the arrival went to the host already.
    place: { chatId: arrival.hostId ?? arrival.chatId },
    time: now(),
    details: { what: 'song not sent', ...unsent },
  };
  try {
    await outbox.accept(message, now() - 1);
    await songs.firstFailure(song.id);
  } catch (error) {
    log.warn('The host is not told of a song that cannot be sent', { songId: song.id, ...loggable(error) });
  }
}
