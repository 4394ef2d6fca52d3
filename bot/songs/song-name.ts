import { cleanLine, firstCharacters } from '../../party/clean-line.ts';
import type { Song } from '../../party/songs/songs.ts';

/** A title is a button's text, which Telegram shows in one line. */
const longest = 64;

/** One line that is not too long. */
export const songLine = (text: string): string => firstCharacters(cleanLine(text), longest);

/** What somebody wrote as a song's name: `Performer – Title`, with any dash between spaces, or a title alone. */
export function songName(written: string): Pick<Song, 'title' | 'performer'> {
  const [, performer, title] = /^(.+?)\s+[-–—]\s+(.+)$/.exec(cleanLine(written)) ?? [];
  return performer && title
    ? { performer: songLine(performer), title: songLine(title) }
    : { title: songLine(written) || 'Untitled' };
}
