import { InlineKeyboard } from 'grammy';
import type { Scope } from '../../party/forget/scopes.ts';
import { callbackData, idField, momentField } from '../callback-data.ts';
import { forgetText as text } from './forget.text.ts';

/** It is asked whether that is to be forgotten. */
export const askGuestButton = callbackData('forget:ask:guest', { guestId: idField });
export const askPartyButton = callbackData('forget:ask:party', { party: momentField });
export const askFacesButton = callbackData('forget:ask:faces', {});
export const askEverythingButton = callbackData('forget:ask:all', {});
/** Which of the parties? */
export const partiesButton = callbackData('forget:parties', {});

/** It is forgotten. `party` is when it started. */
export const forgetGuestButton = callbackData('forget:guest', { guestId: idField });
export const forgetPartyButton = callbackData('forget:party', { party: momentField });
export const forgetFacesButton = callbackData('forget:faces', {});
export const forgetEverythingButton = callbackData('forget:all', {});
/** Nothing is. */
export const keepButton = callbackData('forget:keep', {});

/** What can be forgotten besides a guest, whose name is said. */
export const choices = (hasParties: boolean): InlineKeyboard => {
  const keyboard = new InlineKeyboard();
  if (hasParties) keyboard.text(text.aParty, partiesButton.write({})).row();
  return keyboard
    .text(text.allFaces, askFacesButton.write({}))
    .row()
    .text(text.everything, askEverythingButton.write({}));
};

/** Once more: shall it be forgotten? */
export const confirm = (scope: Scope): InlineKeyboard =>
  new InlineKeyboard().text(text.yes(scope.what), dataOf(scope)).text(text.keep, keepButton.write({}));

/** The morning after. */
export const afterParty = (): InlineKeyboard =>
  new InlineKeyboard().text(text.allFaces, askFacesButton.write({})).text(text.keep, keepButton.write({}));

function dataOf(scope: Scope): string {
  switch (scope.what) {
    case 'guest':
      return forgetGuestButton.write({ guestId: scope.guestId });
    case 'party':
      return forgetPartyButton.write({ party: Date.parse(scope.partyId) });
    case 'faces':
      return forgetFacesButton.write({});
    case 'everything':
      return forgetEverythingButton.write({});
  }
}
