import type { InlineKeyboard } from 'grammy';
import { confusions } from '../../party/guests/gallery.ts';
import { distinctNames, invitedOf } from '../../party/guests/guests.ts';
import { knownByPoorPhotosOnly } from '../../party/guests/poor-photos.ts';
import type { Services } from '../../party/services.ts';
import { galleryWarning } from '../guests/gallery-warning.ts';
import { beforeTheyComeText as text } from './before-they-come.text.ts';

/** What a host can still mend before the guests come. */
export interface BeforeTheyCome {
  readonly lines: readonly string[];
  /** To drop a photo by which one guest looks like another. */
  readonly keyboard: InlineKeyboard;
}

/** Looks up who cannot be recognised, or not surely, and for whom a carol will play. Without lines all is well. */
export async function beforeTheyCome({ guests }: Pick<Services, 'guests'>): Promise<BeforeTheyCome> {
  const [everybody, found] = await Promise.all([guests.list(), confusions({ guests })]);
  const names = distinctNames(everybody);
  const invited = await Promise.all(
    invitedOf(everybody).map(async ({ id, songId }) => {
      const photos = (await guests.photos(id)).filter(({ faceIds }) => faceIds.length > 0);
      return { name: names.get(id)!, songId, photos };
    }),
  );
  const namesOf = (those: readonly { readonly name: string }[]): string[] => those.map(({ name }) => name);
  const unknown = namesOf(invited.filter(({ photos }) => photos.length === 0));
  const poor = namesOf(invited.filter(({ photos }) => knownByPoorPhotosOnly(photos)));
  const songless = namesOf(invited.filter(({ songId }) => songId === undefined));
  const alike = galleryWarning(found, everybody);
  return {
    lines: [
      ...(unknown.length > 0 ? [text.noPhoto(unknown)] : []),
      ...(poor.length > 0 ? [text.poorPhoto(poor)] : []),
      ...alike.lines,
      ...(songless.length > 0 ? [text.noSong(songless, invited.length)] : []),
    ],
    keyboard: alike.keyboard,
  };
}
