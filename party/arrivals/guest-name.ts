import { type Clock, second } from '../clock.ts';
import type { Guests } from '../guests/guests.ts';
import { Recent } from '../recent.ts';
import { externalPrefix } from './sightings.ts';

/** @returns undefined for a guest who is no longer one, though a face of theirs is still in the collection */
export async function guestName(guests: Pick<Guests, 'get'>, guestId: string): Promise<string | undefined> {
  if (guestId.startsWith(externalPrefix)) return guestId.slice(externalPrefix.length);
  return (await guests.get(guestId))?.name;
}

/** @returns as {@link guestName}; undefined, too, for one who lives here: nobody of the household is announced */
export async function nameToAnnounce(
  guests: Pick<Guests, 'get'>,
  guestId: string,
): Promise<string | undefined> {
  if (guestId.startsWith(externalPrefix)) return guestName(guests, guestId);
  const guest = await guests.get(guestId);
  return guest?.livesHere ? undefined : guest?.name;
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
