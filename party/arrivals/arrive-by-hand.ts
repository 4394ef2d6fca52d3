import type { Guest } from '../guests/guests.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import { type Party, partyPlace } from '../parties/party.ts';
import { type Arrival, arrivalMessage } from './arrivals.ts';

/**
 * A guest is here because a host says so: announced as anybody else, and once, a muted one too, for the host has just said it.
 *
 * @param seen when, and where in the camera's picture, if it saw the guest
 * @returns as Dispatcher.send; `done` when the guest had arrived before
 */
export async function arriveByHand(
  dispatcher: Pick<Dispatcher, 'send'>,
  party: Party,
  { id: guestId, name }: Guest,
  seen: Pick<Arrival, 'time' | 'box'>,
): Promise<Delivery> {
  const { time, box } = seen;
  const arrival = { partyId: party.id, guestId, name, ...partyPlace(party), time };
  return dispatcher.send(arrivalMessage({ ...arrival, ...(box && { box }) }));
}
