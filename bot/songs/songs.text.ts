import type { Song } from '../../party/songs/songs.ts';
import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** `Title – Performer`, as it is shown. */
export function songTitle({ title, performer }: Pick<Song, 'title' | 'performer'>): string {
  return performer ? `${n(title)} – ${n(performer)}` : n(title);
}

/** What people read about songs and whose they are. */
export const songsText = {
  whose: (title: string): string => `“${title}” is here. Whose song is it?`,
  whoseAgain: (title: string): string => `Whose song is “${title}”?`,
  nobodyCalled: (title: string, name: string): string =>
    `“${title}” is here, but I know no guest called ${n(name)}. Whose song is it?`,
  severalCalled: (title: string, name: string): string =>
    `“${title}” is here, but several guests are called ${n(name)}. Whose song is it?`,
  noGuests: (title: string): string =>
    `“${title}” is here. Nobody is invited yet: send me a photo with a name, then pick this song for that guest.`,
  given: (title: string, name: string): string => `“${title}” will play when ${n(name)} arrives.`,
  which: (name: string): string => `Which song is ${n(name)}’s?`,
  gone: 'That is no longer there. Please ask again with /songs or /guests.',

  tooLarge: 'This music file is over 20 MB, and Telegram does not let me have it. Send a smaller one.',
  notMusic:
    'This is not an MP3 or M4A file, and no other kind can be played in the chat. Send the song as one of these.',
  film: 'This is a film, not a song. Send the song alone, as an MP3 or M4A file.',
  protected:
    'This song is copy-protected by the shop where it was bought, so it only plays there. Send it as a plain MP3 or M4A file.',
  damaged: 'This music file is damaged or cut off: I find no sound in it. Send it again, or another one.',

  noSongs: 'There is no song yet. Send me one as a music file (MP3 or M4A).',
  songLine: (title: string, guests: readonly string[]): string => {
    if (guests.length === 0) return `♪ ${title}: nobody’s yet`;
    const more = guests.length > 20 ? ` and ${count(guests.length - 20, 'more guest')}` : '';
    return `♪ ${title}: ${guests.slice(0, 20).map(n).join(', ')}${more}`;
  },
  /** Follows the song's line. */
  songGone: ' (the file is gone: send it to me again)',
  carols: (number: number): string => `${count(number, 'carol')} for guests without a song.`,
  pressSong: 'Press a song to give it to a guest.',

  nobodyInvited: 'Nobody is invited yet. Send me a photo with a name as its caption.',
  guestLine: (name: string, photos: number, song: string | undefined): string =>
    `${n(name)}: ${count(photos, 'photo')}, ${song === undefined ? 'no song (a carol plays)' : `“${song}”`}`,
  invited: (number: number): string => `${count(number, 'guest')}:`,
  pressGuest: 'Press a guest to choose a song.',
} as const;
