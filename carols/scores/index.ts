import type { Carol, Score } from '../score.ts';
import { angelsWeHaveHeardOnHigh } from './angels-we-have-heard-on-high.ts';
import { deckTheHalls } from './deck-the-halls.ts';
import { goodKingWenceslas } from './good-king-wenceslas.ts';
import { jingleBells } from './jingle-bells.ts';
import { joyToTheWorld } from './joy-to-the-world.ts';
import { oComeAllYeFaithful } from './o-come-all-ye-faithful.ts';
import { silentNight } from './silent-night.ts';
import { theFirstNoel } from './the-first-noel.ts';

/** All scores, in the order in which a party's shuffle knows them. */
export const scores: readonly Score[] = [
  jingleBells,
  deckTheHalls,
  silentNight,
  joyToTheWorld,
  goodKingWenceslas,
  angelsWeHaveHeardOnHigh,
  theFirstNoel,
  oComeAllYeFaithful,
];

/** The same without the music. */
export const carols: readonly Carol[] = scores.map(({ id, title, performer, year, origin }) => ({
  id,
  title,
  performer,
  year,
  origin,
}));
