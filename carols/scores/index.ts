import type { Carol, Score } from '../score.ts';
import { deckTheHalls } from './deck-the-halls.ts';
import { jingleBells } from './jingle-bells.ts';
import { silentNight } from './silent-night.ts';

/** All scores, in the order in which a party's shuffle knows them. */
export const scores: readonly Score[] = [jingleBells, deckTheHalls, silentNight];

/** The same without the music. */
export const carols: readonly Carol[] = scores.map(({ id, title, performer, year, origin }) => ({
  id,
  title,
  performer,
  year,
  origin,
}));
