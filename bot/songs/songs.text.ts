import type { Song } from '../../party/songs/songs.ts';
import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** `Performer – Title`, as Telegram writes it. */
export function songTitle({ title, performer }: Pick<Song, 'title' | 'performer'>): string {
  return performer ? `${n(performer)} – ${n(title)}` : n(title);
}

/** So many names stand in one sentence. */
const mostNames = 20;

/** Whose a song is, in a list or a sentence. */
function whoseIs(guests: readonly string[]): string {
  if (guests.length === 0) return 'not used yet';
  const more = guests.length > mostNames ? ` and ${count(guests.length - mostNames, 'more guest')}` : '';
  return `${guests.slice(0, mostNames).map(n).join(', ')}${more}`;
}

/** What people read about songs and whose they are. */
export const songsText = {
  whose: (title: string): string => `Got “${title}”. Whose song is it?`,
  whoseKnown: (title: string): string => `I already have that one: it’s “${title}”. Whose song is it?`,
  whoseAgain: (title: string): string => `Whose song is “${title}”?`,
  nobodyCalled: (title: string, name: string): string =>
    `Got “${title}”, but I know no guest called ${n(name)}. Whose song is it?`,
  severalCalled: (title: string, name: string): string =>
    `Got “${title}”, but several guests are called ${n(name)}. Whose song is it?`,
  noGuests: (title: string): string =>
    `Got “${title}”. Nobody is invited yet: send me a photo with a name, then pick this song for that guest.`,
  given: (title: string, name: string): string => `“${title}” will play when ${n(name)} arrives.`,
  carolGiven: (name: string): string => `A carol will play when ${n(name)} arrives.`,
  which: (name: string): string => `Which song is ${n(name)}’s?`,
  gone: 'That’s no longer there. Ask again with /songs or /guests.',

  tooLarge: 'This music file is over 20 MB, and Telegram does not let me have it. Send a smaller one.',
  notMusic:
    'This is not an MP3 or M4A file, and no other kind can be played in the chat. Send the song as one of these.',
  film: 'This is a film, not a song. Send the song alone, as an MP3 or M4A file.',
  protected:
    'This song is copy-protected by the shop where it was bought, so it only plays there. Send it as a plain MP3 or M4A file.',
  damaged: 'This music file is damaged or cut off: I find no sound in it. Send it again, or another one.',

  noSongs: 'No songs yet. Send me one as a music file (MP3 or M4A).',
  songs: (number: number): string => `${count(number, 'song')}:`,
  songLine: (title: string, guests: readonly string[]): string => `♪ ${title}: ${whoseIs(guests)}`,
  /** Follows the song's line. */
  songGone: ' (the file is gone: send it to me again)',
  carols: (number: number): string => `${count(number, 'carol')} for guests without a song.`,
  pressSong: 'Press a song to hear, rename, give or remove it.',

  card: (title: string, guests: readonly string[]): string =>
    guests.length === 0 ? `“${title}”\nNot used yet.` : `“${title}”\nFor ${whoseIs(guests)}.`,
  listen: '▶ Listen',
  giveTo: 'Give to a guest',
  rename: 'Rename',
  remove: 'Remove',
  allSongs: '‹ All songs',
  undo: 'Undo',
  carol: 'A carol',
  cannotPlay: 'I can’t play that one: its file is gone or broken. Send it to me again.',

  newName: (title: string): string =>
    `What should “${title}” be called? Reply with the name, such as Oasis – Wonderwall. /cancel leaves it.`,
  renamed: (title: string): string => `It’s “${title}” now.`,
  removed: (title: string, guests: readonly string[]): string =>
    guests.length === 0
      ? `“${title}” is removed.`
      : `“${title}” is removed. A carol will play for ${whoseIs(guests)}.`,
  restored: (title: string, guests: readonly string[]): string =>
    guests.length === 0 ? `“${title}” is back.` : `“${title}” is back, and will play for ${whoseIs(guests)}.`,
} as const;
