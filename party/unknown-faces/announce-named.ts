import { minute } from '../clock.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Party } from '../parties/party.ts';
import type { Services } from '../services.ts';
import { UnknownFaces } from './unknown-faces.ts';
import { arriveAs } from './who-it-is.ts';

/** So long a new guest's song is waited for: milliseconds. They are at the door, and the host may be, too. */
const songAwaited = minute;

/**
 * Announces those whom a host has named and who have not been announced since: the question which song is theirs was left
 * alone, so that a carol plays; or a sudden end came in between. By the tick; safe to repeat.
 */
export async function announceNamed(
  services: Pick<Services, 'table' | 'people' | 'guests' | 'parties' | 'storage' | 'now'>,
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
): Promise<void> {
  const { table, guests, now } = services;
  for (const face of await new UnknownFaces(table).list(party.id)) {
    const { is, by, guestId, settledAt, isAnnounced } = face;
    const isDue = is === 'guest' && by === 'host' && !isAnnounced && now() - (settledAt ?? 0) >= songAwaited;
    const guest = isDue && guestId !== undefined ? await guests.get(guestId) : undefined;
    if (guest) await arriveAs(services, dispatcher, face, guest);
  }
}
