import { second } from '../../party/clock.ts';
import { machineClock } from '../../party/monotonic-clock.ts';
import { watchedUntil } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';

/**
 * Lets the clock go on where the party that is on has come to: this machine's may have been set back since the program
 * last ran, and then all who arrive now would have come before the party. From now on it says in the log when the
 * machine's clock is set back.
 *
 * To be called before anything of this run is kept with its time.
 */
export async function goOnInTime(
  { parties, log }: Pick<Services, 'parties' | 'log'>,
  clock = machineClock,
): Promise<void> {
  const party = await parties.latest();
  if (party) clock.startFrom(Math.max(watchedUntil(party), party.handledUntil ?? 0));
  const { ahead } = clock;
  if (ahead > second) tell(log, ahead, 'since the last run');
  clock.onSetBack = (by) => tell(log, by, 'just now');
}

function tell(log: Services['log'], by: number, when: string): void {
  log.warn(`This machine's clock was set back ${when}: the time here goes on from before`, {
    seconds: Math.round(by / second),
  });
}
