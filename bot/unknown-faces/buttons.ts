import { InlineKeyboard } from 'grammy';
import type { Guest } from '../../party/guests/guests.ts';
import type { Song } from '../../party/songs/songs.ts';
import type { UnknownFace, UnknownFaceId } from '../../party/unknown-faces/unknown-faces.ts';
import { onPage, pageOfChoices } from '../buttons.ts';
import { callbackData, idField, momentField, pageField } from '../callback-data.ts';
import { songTitle } from '../songs/songs.text.ts';
import { cardButtonsText as text } from './unknown-faces.text.ts';

/** Which unknown face a button is about: `party` is when that started. */
const ofFace = { party: momentField, face: idField } as const;

/** It is that guest. */
export const isGuestButton = callbackData('face:is', { ...ofFace, guestId: idField });
/** Another page of the guests who are still to come. */
export const guestsPageButton = callbackData('face:page', { ...ofFace, page: pageField });
/** It is somebody new, whose name is asked for. */
export const newGuestButton = callbackData('face:new', ofFace);
/** It is one of the household, whose name is asked for. */
export const livesHereButton = callbackData('face:home', ofFace);
export const ignoreButton = callbackData('face:ignore', ofFace);
/** One that was ignored is asked about again. */
export const askAgainButton = callbackData('face:again', ofFace);
/** Its picture becomes a photo of whom it is. */
export const keepButton = callbackData('face:keep', ofFace);
/** Its card is sent, though there are too many to send all. */
export const openCardButton = callbackData('face:open', ofFace);
/** Of a new guest: songs to choose from, and the one that the arrival comes with; {@link aCarol} for a carol. */
export const songsPageButton = callbackData('face:songs', { ...ofFace, page: pageField });
export const songButton = callbackData('face:song', { ...ofFace, songId: idField });
/** Hosts are asked about unknown faces no more, or again. */
export const offButton = callbackData('face:off', {});
export const onButton = callbackData('face:on', {});

/** Stands for the song of one who gets a carol. */
export const aCarol = '-';

/** Which unknown face, as it stands in a button. */
export interface PressedFace {
  readonly party: number;
  readonly face: string;
}

/** The face as it stands in a button. */
export const pressed = ({ partyId, id }: UnknownFaceId): PressedFace => ({
  party: Date.parse(partyId),
  face: id,
});

/** A party's id is when it started, as an ISO date. */
export const faceOf = ({ party, face }: PressedFace): UnknownFaceId => ({
  partyId: new Date(party).toISOString(),
  id: face,
});

/** Who is it? @param names of all guests, by id */
export function whoChoices(
  place: PressedFace,
  guests: readonly Guest[],
  names: ReadonlyMap<string, string>,
  page: number,
): InlineKeyboard {
  const first = guests.indexOf(onPage(guests, page)[0]!);
  const choices = guests.map(({ id: guestId }, index) => ({
    // By its place on the page, as on the picture of that page's faces.
    label: text.numbered(index - first + 1, names.get(guestId) ?? ''),
    data: isGuestButton.write({ ...place, guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => guestsPageButton.write({ ...place, page: turned }))
    .row()
    .text(text.newGuest, newGuestButton.write(place))
    .text(text.livesHere, livesHereButton.write(place))
    .row()
    .text(text.ignore, ignoreButton.write(place))
    .text(text.off, offButton.write({}));
}

export const keepChoice = (place: PressedFace): InlineKeyboard =>
  new InlineKeyboard().text(text.keep, keepButton.write(place));

export const askAgainChoice = (place: PressedFace): InlineKeyboard =>
  new InlineKeyboard().text(text.on, askAgainButton.write(place));

export const onChoice = (): InlineKeyboard => new InlineKeyboard().text(text.on, onButton.write({}));

/** With which song does a new guest arrive? */
export const arrivalSongChoices = (
  songs: readonly Song[],
  place: PressedFace,
  page: number,
): InlineKeyboard =>
  pageOfChoices(
    songs.map((song) => ({
      label: songTitle(song),
      data: songButton.write({ ...place, songId: song.id }),
    })),
    page,
    (turned) => songsPageButton.write({ ...place, page: turned }),
  )
    .row()
    .text(text.carol, songButton.write({ ...place, songId: aCarol }));

/** One number for each of many faces. */
export function numberedFaces(faces: readonly UnknownFace[]): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  for (const [index, face] of faces.entries()) {
    if (index > 0 && index % 5 === 0) keyboard.row();
    keyboard.text(String(index + 1), openCardButton.write(pressed(face)));
  }
  return keyboard.row().text(text.off, offButton.write({}));
}
