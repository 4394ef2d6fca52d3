import type { Guest } from '../guests/guests.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { type Party, partyPlace } from '../parties/party.ts';
import { type Arrival, arrivalMessage } from './arrivals.ts';

/**
 * A guest is here because a host says so: announced as anybody else, and once, a muted one too, for the host has just
 * said it.
 *
 * @param seen when, where in the camera's picture if it saw the guest, and which faces stood for the guest there
 * @returns as Dispatcher.send; `done` when the guest had arrived before
 */
export async function arriveByHand(
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
  { id: guestId, name }: Guest,
  seen: Pick<Arrival, 'time' | 'clock' | 'box' | 'like'>,
): Promise<Delivery> {
  return dispatcher.send(arrivalMessage({ partyId: party.id, guestId, name, ...partyPlace(party), ...seen }));
}
