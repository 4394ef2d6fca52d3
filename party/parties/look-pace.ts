import { second } from '../clock.ts';

/**
 * Whether the door is looked at often enough for somebody who comes in to be seen twice (`arrivals/arrival-rule.ts`).
 */
export type LookPace = 'enough' | 'too slow';

/** So long is counted: one hiccup is no slowness. Milliseconds. */
const counted = 12 * second;

/** A longer pause is none of a slow computer's: nobody watched (`gaps.ts`). Milliseconds. */
const longestPause = 10 * second;

/** Two looks in three seconds, which is the least that names anybody; and how many it takes until that is over. */
const [least, enoughAgain] = [8, 12];

/**
 * How often the door is looked at, by the moments of looks.
 *
 * @param looks in any order, milliseconds by any clock; those of the last twelve seconds count
 * @param before what was said last
 * @returns undefined while it cannot be said: it was not looked for so long, or nobody watched in between
 */
export function lookPace(looks: readonly number[], before: LookPace): LookPace | undefined {
  const inOrder = [...new Set(looks)].sort((a, b) => a - b);
  const newest = inOrder.at(-1) ?? 0;
  const first = inOrder.findLastIndex((look) => look <= newest - counted);
  if (first < 0) return undefined;
  const recent = inOrder.slice(first);
  if (recent.some((look, index) => index > 0 && look - recent[index - 1]! > longestPause)) return undefined;
  return paceOf(((recent.length - 1) * counted) / (newest - recent[0]!), before);
}

/**
 * The same of a rate that was measured elsewhere.
 *
 * @param perSecond looks
 */
export const paceAt = (perSecond: number, before: LookPace): LookPace =>
  paceOf((perSecond * counted) / second, before);

const paceOf = (looks: number, before: LookPace): LookPace =>
  looks >= (before === 'too slow' ? enoughAgain : least) ? 'enough' : 'too slow';

/** What of older looks is still needed for {@link lookPace}, with the one before the time that counts. */
export function looksToKeep(looks: readonly number[]): number[] {
  const newest = Math.max(...looks);
  return looks.filter((look) => look > newest - counted - longestPause);
}
