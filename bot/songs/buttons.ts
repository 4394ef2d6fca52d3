import { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import type { Song } from '../../party/songs/songs.ts';
import { type Choice, pageOfChoices } from '../buttons.ts';
import { callbackData, idField, pageField } from '../callback-data.ts';
import { songTitle, songsText as text } from './songs.text.ts';

/** A song is given to a guest. */
export const giveSongButton = callbackData('song:to', { songId: idField, guestId: idField });
/** The guests are shown in a new message, to give a song to one. */
export const chooseGuestButton = callbackData('song:choose', { songId: idField });
/** The songs are shown in a new message, to give one to a guest. */
export const chooseSongButton = callbackData('guest:choose', { guestId: idField });
/** A carol is to play for a guest, in place of a song. */
export const giveCarolButton = callbackData('guest:carol', { guestId: idField });
/** A guest gets back what was before: a song, or a carol (`noSong`). */
export const giveBackButton = callbackData('guest:back', { guestId: idField, songId: idField });
/** Another page of those guests. */
export const guestsPageButton = callbackData('song:guests', { songId: idField, page: pageField });
/** Another page of those songs. */
export const songsPageButton = callbackData('guest:songs', { guestId: idField, page: pageField });
/** `/songs`, turned to another page; it is shown in the message with the button. */
export const songListPageButton = callbackData('songs:page', { page: pageField });
/** One song is shown, with what can be done to it, in the message with the button. */
export const openSongButton = callbackData('song:open', { songId: idField });
/** A song is sent, to be heard. */
export const listenButton = callbackData('song:hear', { songId: idField });
/** Its new name is asked for. */
export const renameSongButton = callbackData('song:name', { songId: idField });
/** The name of before is taken back. */
export const songNameBackButton = callbackData('song:unname', { songId: idField });
/** A page of the carols, to be heard; in the message with the button. */
export const carolListPageButton = callbackData('carols:page', { page: pageField });
export const removeSongButton = callbackData('song:remove', { songId: idField });
export const restoreSongButton = callbackData('song:restore', { songId: idField });

/** Where an id stands for a song, and there was none. */
export const noSong = '-';

/** Whose song is it? */
export function guestChoices(guests: readonly Guest[], songId: string, page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id: guestId }) => ({
    label: names.get(guestId)!,
    data: giveSongButton.write({ songId, guestId }),
  }));
  return pageOfChoices(choices, page, (turned) => guestsPageButton.write({ songId, page: turned }));
}

/** Which song is the guest's? Each with a button to hear it, and a carol. */
export function songChoices(songs: readonly Song[], guestId: string, page: number): InlineKeyboard {
  const choices = songs.map((song) => ({
    label: songTitle(song),
    data: giveSongButton.write({ songId: song.id, guestId }),
    more: { label: text.listen, data: listenButton.write({ songId: song.id }) },
  }));
  return pageOfChoices(choices, page, (turned) => songsPageButton.write({ guestId, page: turned }))
    .row()
    .text(text.carol, giveCarolButton.write({ guestId }));
}

/** Which of all songs is to be opened? */
export const songListChoices = (songs: readonly Song[], page: number): InlineKeyboard =>
  pageOfChoices(
    songs.map(
      (song): Choice => ({ label: songTitle(song), data: openSongButton.write({ songId: song.id }) }),
    ),
    page,
    (turned) => songListPageButton.write({ page: turned }),
  );

/** To the carols. */
export const carolsChoice = (): InlineKeyboard =>
  new InlineKeyboard().text(text.hearCarols, carolListPageButton.write({ page: 0 }));

/** Which carol is to be heard? */
export const carolChoices = (carols: readonly Song[], page: number): InlineKeyboard =>
  pageOfChoices(
    carols.map(
      (carol): Choice => ({ label: songTitle(carol), data: listenButton.write({ songId: carol.id }) }),
    ),
    page,
    (turned) => carolListPageButton.write({ page: turned }),
  )
    .row()
    .text(text.allSongs, songListPageButton.write({ page: 0 }));

/** What can be done to a song. */
export const songActions = (songId: string): InlineKeyboard =>
  new InlineKeyboard()
    .text(text.listen, listenButton.write({ songId }))
    .text(text.giveTo, chooseGuestButton.write({ songId }))
    .row()
    .text(text.rename, renameSongButton.write({ songId }))
    .text(text.remove, removeSongButton.write({ songId }))
    .row()
    .text(text.allSongs, songListPageButton.write({ page: 0 }));

/** Takes a removal back. */
export const undoRemoval = (songId: string): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, restoreSongButton.write({ songId }));

/** Takes a new name back. */
export const undoRename = (songId: string): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, songNameBackButton.write({ songId }));

/** Gives a guest back what was before. */
export const undoGift = (guestId: string, before: string | undefined): InlineKeyboard =>
  new InlineKeyboard().text(text.undo, giveBackButton.write({ guestId, songId: before ?? noSong }));
