import { master, playTogether } from './mix.ts';
import { perform } from './performance.ts';
import type { Score } from './score.ts';
import type { Sound } from './sound.ts';

/**
 * Turns a score into a finished stereo recording at 44.1 kHz. The same score always gives the same samples.
 * It computes for about a second: in a process that has something else to do, call `renderCarol` of `index.ts`.
 * @throws {ScoreError} when the score cannot be read.
 */
export function renderScore(score: Score): Sound {
  return master(playTogether(perform(score)));
}
