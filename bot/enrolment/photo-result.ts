import { InlineKeyboard } from 'grammy';
import type { Enrolment, PhotoRefusal } from '../../party/guests/enrolment.ts';
import type { Guest } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { chooseSongButton } from '../songs/buttons.ts';
import { enrolmentText as text } from './enrolment.text.ts';

/** What came of a photo, as its sender is told. */
export type PhotoResult =
  | Extract<Enrolment, { outcome: 'enrolled' }>
  /** `said` is the name that was given. */
  | (Extract<Enrolment, { outcome: 'known' }> & { readonly said: string })
  | { readonly outcome: 'refused'; readonly refusal: PhotoRefusal };

/** Whether a guest has a song that is still there. */
export async function hasSong({ songs }: Pick<Services, 'songs'>, { songId }: Guest): Promise<boolean> {
  return songId !== undefined && (await songs.get(songId)) !== undefined;
}

/** Offers the songs that are there to a guest who has none. */
export async function songKeyboard(
  services: Pick<Services, 'songs'>,
  guest: Guest,
): Promise<InlineKeyboard | undefined> {
  if ((await hasSong(services, guest)) || (await services.songs.list()).length === 0) return undefined;
  return new InlineKeyboard().text(text.chooseSong, chooseSongButton.write({ guestId: guest.id }));
}
