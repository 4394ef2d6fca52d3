import type { Song } from '../../party/songs/songs.ts';
import { shownName as n } from '../names.ts';
import { count, namesInList } from '../wording.ts';

/** `Performer – Title`, as Telegram writes it. All carols have one performer, who tells nobody anything. */
export function songTitle({ title, performer, carol }: TitledSong): string {
  return performer && !carol ? `${n(performer)} – ${n(title)}` : n(title);
}

/** What a song is called by. */
export type TitledSong = Pick<Song, 'title' | 'performer'> & Partial<Pick<Song, 'carol'>>;

/** What plays for somebody who wants to be surprised. Apart: whoever sends cards needs nothing else of this. */
export const aSurprise = 'a surprise';

/** So many names stand in a line of the list: a page of eight songs is one message. */
const mostInList = 3;

/** What people read about songs and whose they are. */
export const songsText = {
  whose: (title: string): string => `Got “${title}”. Whose song is it?`,
  whoseKnown: (title: string): string => `I already have that one: it’s “${title}”. Whose song is it?`,
  /** Of one that was removed and comes again. */
  backFor: (title: string, guests: readonly string[]): string =>
    `“${title}” is back, and will play for ${namesInList(guests)} again. Is it anyone else’s?`,
  whoseAgain: (title: string): string => `Whose song is “${title}”?`,
  nobodyCalled: (title: string, name: string): string =>
    `Got “${title}”, but I know no guest called ${n(name)}. Whose song is it?`,
  severalCalled: (title: string, name: string): string =>
    `Got “${title}”, but several guests are called ${n(name)}. Whose song is it?`,
  noGuests: (title: string): string =>
    `Got “${title}”. No guests yet: send me a photo with a name, then pick this song for them.`,
  given: (title: string, name: string): string => `“${title}” will play when ${n(name)} arrives.`,
  carolGiven: (name: string): string => `A carol will play when ${n(name)} arrives.`,
  which: (name: string): string => `Which song is ${n(name)}’s?`,
  gone: 'That’s no longer there. See /songs or /guests.',

  tooLarge: 'That song is over 20 MB, and Telegram won’t let me have it. Do you have a smaller file?',
  notMusic: 'I can only play MP3 and M4A. Can you send the song as one of those?',
  /** By its name it is one of those, and by what is in it it is not. */
  notWhatItSays: (fileName: string): string =>
    `I can’t read “${fileName}”: it isn’t what its name says, or it’s damaged. Can you send the song as an MP3 or M4A?`,
  film: 'That’s a film. Send me just its song, as an MP3 or M4A.',
  protected:
    'That song is copy-protected, so it only plays in the shop’s own app. Do you have it as a plain MP3 or M4A?',
  damaged: 'I can’t hear anything in that file: it’s damaged or cut off. Please send it again.',

  noSongs: 'No songs yet. Send me one as a music file (MP3 or M4A).',
  songs: (number: number): string => `${count(number, 'song')}:`,
  songLine: (title: string, guests: readonly string[]): string =>
    `♪ ${title}: ${guests.length === 0 ? 'not used yet' : namesInList(guests, mostInList)}`,
  /** Follows the song's line. */
  songGone: ' (the file is gone: send it to me again)',
  carols: (number: number): string => `${count(number, 'carol')} for guests without a song.`,
  pressSong: 'Tap a song to hear it, rename it, give it to a guest or remove it.',
  hearCarols: '♪ Carols',
  carolList: 'These play for guests without a song. Tap one to hear it.',

  card: (title: string, guests: readonly string[]): string =>
    guests.length === 0 ? `“${title}”\nNot used yet.` : `“${title}”\nFor ${namesInList(guests)}.`,
  listen: '▶ Listen',
  giveTo: 'Give to a guest',
  rename: 'Rename',
  remove: 'Remove',
  allSongs: '‹ All songs',
  undo: 'Undo',
  carol: 'A carol',
  cannotPlay: 'I can’t play that one: its file is gone or broken. Send it to me again.',

  newName: (title: string): string =>
    `What should I call “${title}”? Reply with the name, like Oasis – Wonderwall, or /cancel.`,
  renamed: (title: string): string => `It’s “${title}” now.`,
  renamedBack: (title: string): string => `It’s “${title}” again.`,
  removed: (title: string, guests: readonly string[]): string =>
    guests.length === 0
      ? `“${title}” is removed.`
      : `“${title}” is removed. A carol will play for ${namesInList(guests)}.`,
  restored: (title: string, guests: readonly string[]): string =>
    guests.length === 0
      ? `“${title}” is back.`
      : `“${title}” is back, and will play for ${namesInList(guests)}.`,
} as const;
