import type { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import type { Song } from '../../party/songs/songs.ts';
import { pageOfChoices } from '../buttons.ts';
import { callbackData, idField, pageField } from '../callback-data.ts';
import { songTitle } from './songs.text.ts';

/** A song is given to a guest. */
export const giveSongButton = callbackData('song:to', { songId: idField, guestId: idField });
/** The guests are shown in a new message, to give a song to one. */
export const chooseGuestButton = callbackData('song:choose', { songId: idField });
/** The songs are shown in a new message, to give one to a guest. */
export const chooseSongButton = callbackData('guest:choose', { guestId: idField });
/** Another page of those guests. */
export const guestsPageButton = callbackData('song:guests', { songId: idField, page: pageField });
/** Another page of those songs. */
export const songsPageButton = callbackData('guest:songs', { guestId: idField, page: pageField });
/** `/songs`, turned to another page. */
export const songListPageButton = callbackData('songs:page', { page: pageField });
/** `/guests`, turned to another page. */
export const guestListPageButton = callbackData('guests:page', { page: pageField });

/** Whose song is it? */
export function guestChoices(guests: readonly Guest[], songId: string, page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id: guestId }) => ({
    label: names.get(guestId)!,
    data: giveSongButton.write({ songId, guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => guestsPageButton.write({ songId, page: turned }));
}

/** Which song is the guest's? */
export function songChoices(songs: readonly Song[], guestId: string, page: number): InlineKeyboard {
  const choices = songs.map((song) => ({
    label: songTitle(song),
    data: giveSongButton.write({ songId: song.id, guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => songsPageButton.write({ guestId, page: turned }));
}

/** Which of all songs is to be given to somebody? */
export function songListChoices(songs: readonly Song[], page: number): InlineKeyboard {
  const choices = songs.map((song) => ({
    label: songTitle(song),
    data: chooseGuestButton.write({ songId: song.id }),
  }));
  return pageOfChoices(choices, page, (turned) => songListPageButton.write({ page: turned }));
}

/** Which of all guests is to get a song? */
export function guestListChoices(guests: readonly Guest[], page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id: guestId }) => ({
    label: names.get(guestId)!,
    data: chooseSongButton.write({ guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => guestListPageButton.write({ page: turned }));
}
