import { hour } from '../party/clock.ts';
import { partyCostParts } from '../party/costs/party-cost.ts';
import { budget } from '../producer/search/search-budget.ts';
import type { Figure } from './figure.ts';

/** A party, as far as it costs something. */
export interface PartySize {
  readonly hours: number;
  readonly guests: number;
  /** Searches that a guest takes until named. */
  readonly callsPerGuest: number;
  /** How often each guest passes the door again, long enough after to be searched anew. */
  readonly returns: number;
  /** People whom nobody knows (neighbours, couriers, the household's visitors), each of whom comes once. */
  readonly strangers: number;
}

/** What a party by images costs, part by part, in US dollars. */
export function partyCost({ hours, guests, callsPerGuest, returns, strangers }: PartySize): Figure[] {
  const searches = guests * (1 + returns) * callsPerGuest + strangers * budget.track;
  const parts = partyCostParts({ length: hours * hour, arrivals: guests, searches }, 'images').map(
    ([part, { to }]) => [part, to] as const,
  );
  const total = parts.reduce((sum, [, dollars]) => sum + dollars, 0);
  return [...parts, ['in all', total] as const].map(([part, value]) => ({
    name: `${hours} h, ${guests} guests: ${part}`,
    value,
    unit: '$',
  }));
}
