import type { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import type { Song } from '../../party/songs/songs.ts';
import { pageOfChoices } from '../buttons.ts';
import { songTitle } from './songs.text.ts';

/** A song is given to a guest. */
export const giveButton = (songId: string, guestId: string): string => `song:to:${songId}:${guestId}`;
/** The guests are shown in a new message, to give a song to one. */
export const chooseGuestButton = (songId: string): string => `song:choose:${songId}`;
/** The songs are shown in a new message, to give one to a guest. */
export const chooseSongButton = (guestId: string): string => `guest:choose:${guestId}`;
/** Another page of those guests or songs. */
const guestsPage = (songId: string, page: number): string => `song:guests:${songId}:${page}`;
const songsPage = (guestId: string, page: number): string => `guest:songs:${guestId}:${page}`;
/** `/songs` and `/guests`, turned to another page. */
const songListPage = (page: number): string => `songs:page:${page}`;
const guestListPage = (page: number): string => `guests:page:${page}`;

/** Whose song is it? */
export function guestChoices(guests: readonly Guest[], songId: string, page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id }) => ({ label: names.get(id)!, data: giveButton(songId, id) }));
  return pageOfChoices(choices, page, (turned) => guestsPage(songId, turned));
}

/** Which song is the guest's? */
export function songChoices(songs: readonly Song[], guestId: string, page: number): InlineKeyboard {
  const choices = songs.map((song) => ({ label: songTitle(song), data: giveButton(song.id, guestId) }));
  return pageOfChoices(choices, page, (turned) => songsPage(guestId, turned));
}

/** Which of all songs is to be given to somebody? */
export function songListChoices(songs: readonly Song[], page: number): InlineKeyboard {
  const choices = songs.map((song) => ({ label: songTitle(song), data: chooseGuestButton(song.id) }));
  return pageOfChoices(choices, page, songListPage);
}

/** Which of all guests is to get a song? */
export function guestListChoices(guests: readonly Guest[], page: number): InlineKeyboard {
  const names = distinctNames(guests);
  const choices = guests.map(({ id }) => ({ label: names.get(id)!, data: chooseSongButton(id) }));
  return pageOfChoices(choices, page, guestListPage);
}
