import { InlineKeyboard } from 'grammy';
import type { Song } from '../../party/songs/songs.ts';
import { pageOfChoices } from '../buttons.ts';
import { songTitle } from '../songs/songs.text.ts';
import {
  agreeButton,
  backButton,
  forgetMeButton,
  pickSongButton,
  profilePhotoButton,
  profileSongButton,
  refuseButton,
  shelfButton,
  surpriseButton,
} from './button-data.ts';
import { guestText } from './guest.text.ts';

export const consentChoices = (linkId: string): InlineKeyboard =>
  new InlineKeyboard()
    .text(guestText.agree, agreeButton.write({ linkId }))
    .text(guestText.refuse, refuseButton.write({ linkId }));

export const photoChoices = (): InlineKeyboard =>
  new InlineKeyboard().text(guestText.useProfilePhoto, profilePhotoButton.write({}));

/** @param profileSong what their profile's song is called, if there is one */
export function songSources(profileSong: string | undefined, hasShelf: boolean): InlineKeyboard {
  const keyboard = new InlineKeyboard();
  if (profileSong !== undefined)
    keyboard.text(guestText.useProfileSong(profileSong), profileSongButton.write({})).row();
  if (hasShelf) keyboard.text(guestText.shelf, shelfButton.write({ page: 0 }));
  return keyboard.text(guestText.surpriseMe, surpriseButton.write({}));
}

export const shelfChoices = (songs: readonly Song[], page: number): InlineKeyboard =>
  pageOfChoices(
    songs.map((song) => ({ label: songTitle(song), data: pickSongButton.write({ songId: song.id }) })),
    page,
    (turned) => shelfButton.write({ page: turned }),
  )
    .row()
    .text(guestText.back, backButton.write({}));

export const forgetChoice = (): InlineKeyboard =>
  new InlineKeyboard().text(guestText.forgetMe, forgetMeButton.write({}));
