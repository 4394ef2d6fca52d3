import { setTimeout as delay } from 'node:timers/promises';

/** How long something is waited for, and how often it is looked at, in milliseconds. */
export interface Waiting {
  readonly most: number;
  readonly pollEvery: number;
}

/** Waits until there is something. @returns undefined when there is nothing within the time */
export async function waitFor<Found>(
  look: () => Promise<Found | undefined>,
  { most, pollEvery }: Waiting,
): Promise<Found | undefined> {
  for (const giveUp = Date.now() + most; ; await delay(pollEvery)) {
    const found = await look();
    if (found !== undefined || Date.now() > giveUp) return found;
  }
}
