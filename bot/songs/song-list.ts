import { InlineKeyboard } from 'grammy';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import { findSongLosses, type LossServices } from '../../party/losses/losses.ts';
import type { Services } from '../../party/services.ts';
import type { Song } from '../../party/songs/songs.ts';
import { onPage } from '../buttons.ts';
import type { Shown } from '../shown.ts';
import { carolChoices, carolsChoice, songActions, songListChoices } from './buttons.ts';
import { songTitle, songsText as text } from './songs.text.ts';

/**
 * A page of `/songs`.
 *
 * @param page from 0
 */
export async function songList(services: Services & LossServices, page: number): Promise<Shown> {
  const { songs, guests } = services;
  const [all, carols, everybody, losses] = await Promise.all([
    songs.list(),
    songs.carols(),
    guests.list(),
    findSongLosses(services),
  ]);
  const about = carols.length > 0 ? [text.carols(carols.length)] : [];
  const toCarols = carols.length > 0 ? carolsChoice() : undefined;
  if (all.length === 0)
    return { told: [text.noSongs, ...about].join('\n'), ...(toCarols && { keyboard: toCarols }) };
  const gone = new Set(losses.songs.map(({ song }) => song.id));
  const lines = onPage(all, page).map(
    (song) =>
      text.songLine(songTitle(song), whoHas(song, everybody)) + (gone.has(song.id) ? text.songGone : ''),
  );
  return {
    told: [text.songs(all.length), ...lines, ...about, text.pressSong].join('\n'),
    keyboard: songListChoices(all, page)
      .row()
      .append(toCarols ?? new InlineKeyboard()),
  };
}

/** A page of the carols, to be heard. */
export async function carolList({ songs }: Pick<Services, 'songs'>, page: number): Promise<Shown> {
  return { told: text.carolList, keyboard: carolChoices(await songs.carols(), page) };
}

/** One song, with what can be done to it; undefined when it is not there (any more). */
export async function songCard({ songs, guests }: Services, songId: string): Promise<Shown | undefined> {
  const [song, everybody] = await Promise.all([songs.get(songId), guests.list()]);
  if (!song) return undefined;
  return { told: text.card(songTitle(song), whoHas(song, everybody)), keyboard: songActions(songId) };
}

/** The names of the guests whose song it is. */
export function whoHas({ id }: Pick<Song, 'id'>, everybody: readonly Guest[]): string[] {
  const names = distinctNames(everybody);
  return everybody.filter(({ songId }) => songId === id).map((guest) => names.get(guest.id)!);
}
