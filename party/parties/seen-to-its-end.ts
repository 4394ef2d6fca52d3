import { setTimeout as delay } from 'node:timers/promises';
import { minute, type Pause, second } from '../clock.ts';
import type { Parties } from './parties.ts';
import { type Party, watchedUntil } from './party.ts';

/** Between two looks, milliseconds. */
const lookEvery = 250;
/**
 * A match that has got no further in so long has nothing more to handle: looks. Producers tell of a door where nobody
 * is every 2.5 s.
 */
const longestStandstill = (3 * second) / lookEvery;
/** The host waits: looks, which are counted, for nothing here must hang on a clock that can be set. */
const mostLooks = (6 * second) / lookEvery;
/** Records that are older are given up, so none can be left of a door that was watched longer ago. */
const oldestRecord = minute;

/**
 * Waits, a few seconds at most, until the frames of a party that is over have been handled, so that who was seen in time
 * stands in its recap. Frames come in their order: once one from after the end was handled, all before it were. Whoever
 * is handled later still is announced all the same.
 *
 * @param party as its end was written
 * @returns the party as it is now
 */
export async function seenToItsEnd(
  { parties }: { readonly parties: Pick<Parties, 'latest'> },
  party: Party,
  pause: Pause = delay,
): Promise<Party> {
  let now = party;
  let standstill = 0;
  for (let look = 0; look < mostLooks && standstill < longestStandstill; look++) {
    if (isSeenToItsEnd(now)) break;
    if (look > 0) await pause(lookEvery);
    const latest = await parties.latest();
    // Another has ended it meanwhile.
    if (latest?.id !== party.id) break;
    standstill = progress(latest) > progress(now) ? 0 : standstill + 1;
    now = { ...latest, endsAt: party.endsAt };
  }
  return now;
}

/** Whether nothing can be left of it to be handled. */
function isSeenToItsEnd(party: Party): boolean {
  const until = party.watchedUntil;
  if (until === undefined || until < party.endsAt - oldestRecord) return true;
  return (party.handledUntil ?? 0) >= party.endsAt;
}

/** How far its frames are handled, as far as is known. */
const progress = (party: Party): number => Math.max(watchedUntil(party), party.handledUntil ?? 0);
