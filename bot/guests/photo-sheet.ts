import { InlineKeyboard } from 'grammy';
import type { Guest, Photo } from '../../party/guests/guests.ts';
import { callbackData, idField, pageField } from '../callback-data.ts';
import { dropPhotoButton, guestPhotosButton, photoOwners } from './buttons.ts';
import { guestsText as text } from './guests.text.ts';

/** More would be too small to see on a phone; what is dropped makes place for the next. */
export const mostOnSheet = 10;
const numbersInRow = 5;

/** `number` is the one that the photo has on the sheet, from 1: it stays that photo's as long as the sheet is shown. */
const onSheet = { guestId: idField, photoId: idField, number: pageField } as const;
/** What can be done to a photo of the sheet is shown under it. */
export const sheetPhotoButton = callbackData('sheet:photo', onSheet);
/** Whose a photo of the sheet is instead is asked; a page of the guests. */
export const sheetOwnersButton = callbackData('sheet:whose', { ...onSheet, page: pageField });

/** A photo of a sheet, by the number that it has there. */
export interface SheetPlace {
  readonly guestId: string;
  readonly photoId: string;
  readonly number: number;
}

/** What is said under a contact sheet of a guest's photos, and which photos are on it. */
export interface PhotoSheet {
  readonly photos: readonly Photo[];
  readonly text: string;
  readonly keyboard: InlineKeyboard;
}

/** What is to be said of photos of a sheet. */
export interface SheetNotes {
  /** Photos whose files are not there. */
  readonly lost: ReadonlySet<Photo>;
  /** Photos that are to blame when two guests look alike, each with the other guest's name. */
  readonly alike: ReadonlyArray<{ readonly photoId: string; readonly name: string }>;
}

/**
 * The contact sheet of a guest's photos, as things are now.
 *
 * @param photos all of the guest's
 */
export function photoSheet(
  { id: guestId, name }: Guest,
  photos: readonly Photo[],
  { lost, alike }: SheetNotes = { lost: new Set(), alike: [] },
): PhotoSheet {
  const shown = photos.slice(0, mostOnSheet);
  const lostNumbers = shown.flatMap((photo, index) => (lost.has(photo) ? [index + 1] : []));
  const lines = [
    text.sheet(name, photos.length, shown.length),
    ...shown.flatMap(({ photoId }, index) =>
      alike.filter((one) => one.photoId === photoId).map((one) => text.photoLooksLike(index + 1, one.name)),
    ),
    ...(lostNumbers.length > 0 ? [text.photosLost(name, lostNumbers)] : []),
  ];
  const [only, another] = shown;
  const keyboard =
    only && !another ? actions({ guestId, photoId: only.photoId, number: 1 }) : numbers(guestId, shown);
  return { photos: shown, text: lines.join('\n'), keyboard };
}

/** What can be done to a photo of the sheet, once its number is pressed. */
export const sheetPhotoActions = (place: SheetPlace): InlineKeyboard =>
  actions(place)
    .row()
    .append(toSheet({ id: place.guestId }));

/** Whose is a photo of the sheet instead? */
export const sheetPhotoOwners = (
  everybody: readonly Guest[],
  place: SheetPlace,
  page: number,
): InlineKeyboard =>
  photoOwners(everybody, place, page, {
    turnTo: (turned) => sheetOwnersButton.write({ ...place, page: turned }),
    back: sheetPhotoButton.write(place),
  });

/** Shows the guest's photos as they are now, in the message with the button. @param name when it is not clear whose */
export const toSheet = ({
  id: guestId,
  name,
}: {
  readonly id: string;
  readonly name?: string;
}): InlineKeyboard =>
  new InlineKeyboard().text(
    name === undefined ? text.allPhotos : text.photosOf(name),
    guestPhotosButton.write({ guestId }),
  );

const actions = ({ guestId, photoId, number }: SheetPlace): InlineKeyboard =>
  new InlineKeyboard()
    .text(text.dropPhoto, dropPhotoButton.write({ guestId, photoId }))
    .row()
    .text(text.someoneElse, sheetOwnersButton.write({ guestId, photoId, number, page: 0 }));

function numbers(guestId: string, photos: readonly Photo[]): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  for (const [index, { photoId }] of photos.entries()) {
    keyboard.text(String(index + 1), sheetPhotoButton.write({ guestId, photoId, number: index + 1 }));
    if (index % numbersInRow === numbersInRow - 1) keyboard.row();
  }
  return keyboard;
}
