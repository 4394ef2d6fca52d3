import { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import { callbackData, idField, momentField } from '../callback-data.ts';
import { muteText as text } from './mute.text.ts';

/** For how long is asked. */
export const askMuteButton = callbackData('mute:ask', { guestId: idField });
/** At that party, which is told by when it started. */
export const muteOnceButton = callbackData('mute:once', { guestId: idField, party: momentField });
export const muteForGoodButton = callbackData('mute:always', { guestId: idField });
/** The guest is announced again. */
export const unmuteButton = callbackData('mute:undo', { guestId: idField });

/** For how long? @param partyId of the party that is on */
export function muteSpans(guestId: string, partyId: string | undefined): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  if (partyId !== undefined)
    keyboard.text(text.thisParty, muteOnceButton.write({ guestId, party: Date.parse(partyId) }));
  return keyboard.text(partyId === undefined ? text.yes : text.forGood, muteForGoodButton.write({ guestId }));
}

/** Which of several of one name? */
export function muteWhom(guests: readonly Guest[]): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  const names = distinctNames(guests);
  for (const { id: guestId } of guests)
    keyboard.text(names.get(guestId)!, askMuteButton.write({ guestId })).row();
  return keyboard;
}

export const undoMute = (guestId: string): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, unmuteButton.write({ guestId }));
