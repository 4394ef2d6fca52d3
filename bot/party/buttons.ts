import { InlineKeyboard } from 'grammy';
import { hour } from '../../party/clock.ts';
import { callbackData, idField, momentField, pageField } from '../callback-data.ts';
import { partyButtonsText as text } from './buttons.text.ts';

/** The party ends at that time instead. Pressed by two hosts, it is the same. `party` is when it started. */
export const partyUntilButton = callbackData('party:until', { party: momentField, until: momentField });
/** It ends now. */
export const endNowButton = callbackData('party:end', { party: momentField });

/** A guest is here, though the camera has not seen them. */
export const isHereButton = callbackData('status:here', { party: momentField, guestId: idField });
/** Another page of those who are still to come. */
export const statusPageButton = callbackData('status:page', { party: momentField, page: pageField });

/** What of a party stands in a button. Its id is when it started, as an ISO date. */
const startOf = (partyId: string): number => Date.parse(partyId);

/** The id of the party that a button is about. */
export const partyIdOf = ({ party }: { readonly party: number }): string => new Date(party).toISOString();

/** What can be done about a party that ends soon. */
export const endingChoices = (partyId: string, endsAt: number): InlineKeyboard =>
  new InlineKeyboard()
    .text(text.oneHourMore, partyUntilButton.write({ party: startOf(partyId), until: endsAt + hour }))
    .text(text.endNow, endNowButton.write({ party: startOf(partyId) }));

/** Takes another end back. */
export const undoExtension = (partyId: string, endsAt: number): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, partyUntilButton.write({ party: startOf(partyId), until: endsAt }));
