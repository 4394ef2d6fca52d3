import type { SightingRules } from '../recognition/rules.ts';

/** What is known of a guest who has not arrived yet. */
export interface Seen {
  /** The times of all frames that the guest was seen in, in any order, milliseconds since 1970. */
  readonly times: Iterable<number>;
  /** The best similarity among the newest sightings, 0 to 100. */
  readonly similarity: number;
}

/**
 * Has the guest arrived? On two sightings in different frames within the window, or on one that is certain.
 * A wrong name at the door is worse than a late one, and one frame can deceive.
 */
export function hasArrived(
  seen: Seen,
  { window, certain }: Pick<SightingRules, 'window' | 'certain'>,
): boolean {
  if (seen.similarity >= certain) return true;
  const times = [...new Set(seen.times)].sort((a, b) => a - b);
  return times.some((time, index) => index > 0 && time - times[index - 1]! <= window);
}
