import { second } from '../clock.ts';
import { newFor, screenArrival } from './screen-arrivals.ts';
import type { ScreenServices } from './screen-services.ts';
import type { Told } from './told.ts';

/** How often the table is looked at while a screen waits, in milliseconds. Each look is two reads (docs/aws.md). */
export const lookEvery = 0.25 * second;

/** How long one request of a screen is held, in milliseconds. */
export const heldFor = 20 * second;

/** What a screen knows when it asks. */
export interface Asked {
  /** Whether a party was on, as it was last told; undefined for a screen that knows nothing yet. */
  readonly on: boolean | undefined;
  /** The ids of the arrivals that it was told of. */
  readonly known: ReadonlySet<string>;
}

/** What watching needs of the services. */
export type WatchServices = Pick<
  ScreenServices,
  'parties' | 'arrivals' | 'guests' | 'songs' | 'addresses' | 'now' | 'pause'
>;

/**
 * Waits until there is something to tell a screen: an arrival, or that a party began or ended.
 *
 * @param ending tells of a program that ends: nobody is kept waiting then
 * @returns what there is after {@link heldFor}, if nothing happens
 */
export async function watchArrivals(
  services: WatchServices,
  asked: Asked,
  ending?: AbortSignal,
): Promise<Told> {
  const { now, pause } = services;
  const until = now() + heldFor;
  for (;;) {
    const told = await look(services, asked.known);
    const isNews = told.on !== asked.on || told.arrivals.length > 0;
    if (isNews || now() + lookEvery > until || ending?.aborted) return told;
    await pause(lookEvery);
    // There may be nothing any more to look at.
    if (ending?.aborted) return told;
  }
}

async function look(services: WatchServices, known: ReadonlySet<string>): Promise<Told> {
  const { parties, arrivals, now } = services;
  const party = await parties.on();
  if (!party) return { on: false, arrivals: [] };
  const unknown = newFor(await arrivals.list(party.id), known, now());
  const shown = await Promise.all(unknown.map((arrival) => screenArrival(services, arrival)));
  return { on: true, arrivals: shown.filter((arrival) => arrival !== undefined) };
}
