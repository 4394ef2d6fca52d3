import { type Clock, second } from '../clock.ts';
import { type Guests, isMutedAt } from '../guests/guests.ts';
import { Recent } from '../recent.ts';
import { externalPrefix } from './sightings.ts';

/** @returns undefined for a guest who is no longer one, though a face of theirs is still in the collection */
export async function guestName(guests: Pick<Guests, 'get'>, guestId: string): Promise<string | undefined> {
  if (guestId.startsWith(externalPrefix)) return guestId.slice(externalPrefix.length);
  return (await guests.get(guestId))?.name;
}

/** Who arrives, and whether it is to be told. */
export interface Arriving {
  readonly name: string;
  /** Recognised, and not announced. */
  readonly isQuiet: boolean;
}

/** @returns undefined where {@link guestName} is, and for one who lives here: nobody of the household arrives */
export async function whoArrives(
  guests: Pick<Guests, 'get'>,
  { partyId, guestId }: { readonly partyId: string; readonly guestId: string },
): Promise<Arriving | undefined> {
  if (guestId.startsWith(externalPrefix)) {
    const name = await guestName(guests, guestId);
    return name === undefined ? undefined : { name, isQuiet: false };
  }
  const guest = await guests.get(guestId);
  if (!guest || guest.livesHere) return undefined;
  return { name: guest.name, isQuiet: isMutedAt(guest, partyId) };
}

/** A new name is known after so long, milliseconds. */
const namesKept = 5 * second;

/** The names of guests, for whoever asks for the same ones several times a second. */
export class GuestNames {
  readonly #guests: Pick<Guests, 'get'>;
  readonly #recent: Recent<string | undefined>;

  constructor(guests: Pick<Guests, 'get'>, now: Clock) {
    this.#guests = guests;
    this.#recent = new Recent(now);
  }

  /** As {@link guestName}, a few seconds old at most. */
  async of(guestId: string): Promise<string | undefined> {
    const recent = this.#recent.get(guestId);
    if (recent) return recent.answer;
    const name = await guestName(this.#guests, guestId);
    this.#recent.keep(guestId, name, namesKept);
    return name;
  }
}
