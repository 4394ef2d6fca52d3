import type { ArrivalPlace } from '../../party/arrivals/mistakes.ts';
import { externalPrefix } from '../../party/arrivals/sightings.ts';
import type { Services } from '../../party/services.ts';
import { buttonId, type PressedArrival, partyIdOf } from './buttons.ts';

/** Which arrival a button is about. @returns undefined when it is not known, of a guest who was indexed by hand */
export async function findPressed(
  { arrivals }: Pick<Services, 'arrivals'>,
  place: PressedArrival,
): Promise<ArrivalPlace | undefined> {
  const { guest, time } = place;
  const partyId = partyIdOf(place);
  if (!guest.startsWith(buttonId(externalPrefix).slice(0, externalPrefix.length)))
    return { partyId, guestId: guest, time };
  const guestId = (await arrivals.guestIds(partyId)).find((id) => buttonId(id) === guest);
  return guestId === undefined ? undefined : { partyId, guestId, time };
}
