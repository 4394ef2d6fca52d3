import type { InlineKeyboard } from 'grammy';
import type { ArrivalPlace } from '../../party/arrivals/mistakes.ts';
import { distinctNames, type Guest, invitedOf } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { onPage } from '../buttons.ts';
import { arrivalsText as text } from './arrivals.text.ts';
import { pressed, whoWasChoices } from './buttons.ts';

/** The question who it was, as it is to be read at this moment. */
export interface WhoWasQuestion {
  readonly told: string;
  readonly keyboard: InlineKeyboard;
  /** Those on this page, in the order of their numbers. */
  readonly guests: readonly Guest[];
}

/**
 * Asks who it was of whom an arrival was somebody else: one of those who are still to come.
 *
 * @param mistake whose arrival it was not
 * @param page of them, from 0
 */
export async function whoWasQuestion(
  { guests, arrivals }: Pick<Services, 'guests' | 'arrivals'>,
  { name, ...place }: ArrivalPlace & { readonly name: string },
  page: number,
): Promise<WhoWasQuestion> {
  const [everybody, came] = await Promise.all([guests.list(), arrivals.list(place.partyId)]);
  const here = new Set(came.map(({ guestId }) => guestId));
  const toCome = invitedOf(everybody).filter(({ id }) => id !== place.guestId && !here.has(id));
  const taken = everybody.find(({ id }) => id === place.guestId);
  const about = { place: pressed(place), taken };
  return {
    told: text.whoWasIt(name, toCome.length),
    keyboard: whoWasChoices(toCome, distinctNames(everybody), about, page),
    guests: onPage(toCome, page),
  };
}
