import { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import { pageOfChoices } from '../buttons.ts';
import { callbackData, idField, pageField } from '../callback-data.ts';
import { chooseSongButton } from '../songs/buttons.ts';
import { guestsText as text } from './guests.text.ts';

/** `/guests`, turned to another page; it is shown in the message with the button. */
export const guestListPageButton = callbackData('guests:page', { page: pageField });
/** One guest is shown, with what can be done, in the message with the button. */
export const openGuestButton = callbackData('guest:open', { guestId: idField });
/** The guest's photos are shown on one contact sheet, by which each can be dropped or given to somebody else. */
export const guestPhotosButton = callbackData('guest:photos', { guestId: idField });
/** A new name is asked for. */
export const renameGuestButton = callbackData('guest:name', { guestId: idField });
/** The name of before is taken back. */
export const nameBackButton = callbackData('guest:unname', { guestId: idField });
export const livesHereButton = callbackData('guest:lives', { guestId: idField });
/** Whoever lived here is a guest. */
export const isGuestButton = callbackData('guest:visits', { guestId: idField });
export const isChildButton = callbackData('guest:child', { guestId: idField });
export const isNoChildButton = callbackData('guest:adult', { guestId: idField });
export const removeGuestButton = callbackData('guest:remove', { guestId: idField });
export const restoreGuestButton = callbackData('guest:restore', { guestId: idField });
/** Of one photo; `photoId` is Telegram's `file_unique_id`. */
export const dropPhotoButton = callbackData('photo:drop', { guestId: idField, photoId: idField });
export const restorePhotoButton = callbackData('photo:restore', { guestId: idField, photoId: idField });
/** Whose the photo is instead is asked; a page of the guests. */
export const photoOwnersButton = callbackData('photo:whose', {
  guestId: idField,
  photoId: idField,
  page: pageField,
});
/** It is that guest's. */
export const movePhotoButton = callbackData('photo:move', {
  guestId: idField,
  photoId: idField,
  toId: idField,
});
/** It is shown as before. */
export const keepPhotoButton = callbackData('photo:keep', { guestId: idField, photoId: idField });

/** Which of all guests is to be opened? */
export function guestListChoices(guests: readonly Guest[], page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id: guestId }) => ({
    label: names.get(guestId)!,
    data: openGuestButton.write({ guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => guestListPageButton.write({ page: turned }));
}

/** What can be done to a guest. */
export function guestActions(
  { id: guestId, livesHere, isChild }: Guest,
  { photos, hasSongs }: { readonly photos: number; readonly hasSongs: boolean },
): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  if (photos > 0) keyboard.text(text.photos, guestPhotosButton.write({ guestId }));
  if (hasSongs && !livesHere) keyboard.text(text.song, chooseSongButton.write({ guestId }));
  return keyboard
    .row()
    .text(text.rename, renameGuestButton.write({ guestId }))
    .text(
      livesHere ? text.isGuest : text.livesHere,
      (livesHere ? isGuestButton : livesHereButton).write({ guestId }),
    )
    .row()
    .text(
      isChild ? text.isNoChild : text.isChild,
      (isChild ? isNoChildButton : isChildButton).write({ guestId }),
    )
    .text(text.remove, removeGuestButton.write({ guestId }))
    .row()
    .text(text.allGuests, guestListPageButton.write({ page: 0 }));
}

/** What can be done to one photo. */
export function photoActions(guestId: string, photoId: string): InlineKeyboard {
  return new InlineKeyboard()
    .text(text.dropPhoto, dropPhotoButton.write({ guestId, photoId }))
    .row()
    .text(text.someoneElse, photoOwnersButton.write({ guestId, photoId, page: 0 }));
}

/** Whose is the photo instead? @param asked the data of the buttons that turn the page, and that give it up */
export function photoOwners(
  everybody: readonly Guest[],
  { guestId, photoId }: { readonly guestId: string; readonly photoId: string },
  page: number,
  asked: { readonly turnTo: (page: number) => string; readonly back: string } = {
    turnTo: (turned) => photoOwnersButton.write({ guestId, photoId, page: turned }),
    back: keepPhotoButton.write({ guestId, photoId }),
  },
): InlineKeyboard {
  const names = distinctNames(everybody);
  const others = everybody
    .filter(({ id }) => id !== guestId)
    .map(({ id: toId }) => ({
      label: names.get(toId)!,
      data: movePhotoButton.write({ guestId, photoId, toId }),
    }));
  return pageOfChoices(others, page, asked.turnTo).row().text(text.back, asked.back);
}

/** One button, which takes back what was done. */
export const undo = (data: string): InlineKeyboard => new InlineKeyboard().text(text.undo, data);
