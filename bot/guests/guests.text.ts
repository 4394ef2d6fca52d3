import type { PhotoAdvice } from '../../party/guests/photo-advice.ts';
import { shownName as n } from '../names.ts';
import { andList, count } from '../wording.ts';

/** What is said of somebody whose photos all have just this, and what helps. */
const poorBy: Record<PhotoAdvice, (name: string, photos: number) => string> = {
  sunglasses: (name) => `I only know ${n(name)} in sunglasses. A photo without them helps.`,
  covered: (name) => `I only know ${n(name)} with something in front of the face. A photo without it helps.`,
  'dim light': (name, photos) =>
    `I only have ${photos === 1 ? 'a dim photo' : 'dim photos'} of ${n(name)}. A brighter one helps.`,
};

/** What a better photo is, where several things are wrong. */
const better: Record<PhotoAdvice, string> = {
  sunglasses: 'without sunglasses',
  covered: 'with nothing in front of the face',
  'dim light': 'in brighter light',
};

const ifNew = 'If it’s someone new, drop the photo and send it again with the right name.';

/** What people read about the guests. */
export const guestsText = {
  nobody: 'No guests yet. Send me the first photo, with the name as its caption!',
  list: (invited: number, livingHere: number): string => {
    const household =
      livingHere === 0 ? '' : `, and ${livingHere} who ${livingHere === 1 ? 'lives' : 'live'} here`;
    return `${count(invited, 'guest')}${household}:`;
  },
  /** @param arePoor none of the photos is a good one */
  line: (
    name: string,
    photos: number,
    song: string | undefined,
    {
      livesHere,
      arePoor,
      isChild = false,
    }: { readonly livesHere: boolean; readonly arePoor: boolean; readonly isChild?: boolean },
  ): string => {
    const known = photos === 0 ? 'no photo yet' : count(photos, arePoor ? 'poor photo' : 'photo');
    const who = isChild ? `${n(name)} (child)` : n(name);
    if (livesHere) return `${who}: ${known}, lives here`;
    return `${who}: ${known}, ${song === undefined ? 'no song (a carol plays)' : `“${song}”`}`;
  },
  /** What the word in the list means. */
  poorLegend: 'A poor photo may not be enough at the door. Open the guest to see what helps.',
  /** Of somebody known by poor photos only: how, and what helps. @param advised on all of the photos */
  poorPhotos: (name: string, photos: number, advised: readonly PhotoAdvice[]): string => {
    const [only, another] = advised;
    if (only && !another) return poorBy[only](name, photos);
    const what = photos === 1 ? 'a poor photo' : 'poor photos';
    return `I only have ${what} of ${n(name)}. One ${andList.format(advised.map((one) => better[one]))} helps.`;
  },
  alike: (one: string, other: string): string =>
    `⚠ ${n(one)} and ${n(other)} look alike to me, so I may wait longer before I say who it is.`,
  blame: (name: string): string =>
    `One photo of ${n(name)} is to blame: see it under “Photos”, or drop it here.`,
  alikeMore: (number: number): string => `⚠ ${count(number, 'more pair')} of guests look alike to me.`,
  dropBlamed: (name: string): string => `Drop that photo of ${n(name)}`,
  press: 'Tap a guest to see their photos, pick a song, rename or remove them.',

  muted: 'Muted: I know them, and don’t announce them. /mute takes that back.',
  child: 'A child: I look longer before I say who it is.',
  looksLike: (others: readonly string[]): string =>
    `Looks like ${andList.format(others.map(n))} to me, so I look longer before I say who it is.`,
  mutedOnce: 'Muted for this party. /mute takes that back.',
  card: (name: string, photos: number, song: string | undefined, livesHere: boolean): string =>
    [
      n(name),
      photos === 0 ? 'No photo: I can’t recognise them. Send me one!' : count(photos, 'photo'),
      livesHere
        ? 'Lives here: I know them, and don’t announce them.'
        : song === undefined
          ? 'No song, so a carol plays. To change that, send me a music file.'
          : `♪ “${song}”`,
    ].join('\n'),
  addPhoto: (name: string): string => `To add a photo, send it with the caption “${n(name)}”.`,

  photos: 'Photos',
  song: 'Song',
  rename: 'Rename',
  livesHere: 'Lives here',
  isGuest: 'Is a guest',
  isChild: 'Is a child',
  isNoChild: 'Not a child',
  remove: 'Remove',
  allGuests: '‹ All guests',
  undo: 'Undo',
  dropPhoto: 'Drop this photo',
  someoneElse: 'It’s someone else',
  back: '‹ Back',

  gone: 'That’s no longer there. See /guests.',
  newName: (name: string): string => `What should I call ${n(name)}? Reply with the name, or /cancel.`,
  renamed: (before: string, name: string): string => `${n(before)} is ${n(name)} now.`,
  renamedBack: (name: string): string => `It’s ${n(name)} again.`,
  notAName: 'I can’t use that as a name. Reply with a shorter one, of letters, figures or emoji.',
  cameToLive: (name: string): string =>
    `${n(name)} lives here: I’ll know them, and won’t announce or expect them.`,
  cameAsGuest: (name: string): string => `${n(name)} is a guest. I’ll announce them.`,
  markedChild: (name: string): string =>
    `${n(name)} is a child. Children look alike to me, so I’ll look longer before I say it’s ${n(name)}.`,
  markedNoChild: (name: string): string => `${n(name)} is no child. I’ll announce them as I do everyone.`,
  removed: (name: string): string => `${n(name)} is removed. You can undo it for a day.`,
  restored: (name: string): string => `${n(name)} is back.`,

  photoOf: (name: string, index: number, all: number): string => `${n(name)}, photo ${index} of ${all}`,
  photosComing: (name: string, photos: number): string =>
    photos === 1 ? `Here comes the photo of ${n(name)}…` : `Here come the photos of ${n(name)}…`,
  /** Under the sheet. @param shown how many are on it */
  sheet: (name: string, photos: number, shown: number): string => {
    if (photos === 1) return `${n(name)}, 1 photo.`;
    const which = shown < photos ? `${shown} of ${count(photos, 'photo')}` : count(photos, 'photo');
    return `${n(name)}, ${which}. Pick a number to drop that photo, or to say it’s someone else.`;
  },
  photosLost: (name: string, numbers: readonly number[]): string => {
    const which = `photo${numbers.length === 1 ? '' : 's'} ${andList.format(numbers.map(String))}`;
    return `I can’t find the file of ${which}. Send me a new photo of ${n(name)}.`;
  },
  photoLooksLike: (number: number, other: string): string => `⚠ Photo ${number} looks like ${n(other)}.`,
  photoNumber: (name: string, number: number): string => `Photo ${number} of ${n(name)}.`,
  whoInNumber: (number: number): string => `Who’s in photo ${number}? ${ifNew}`,
  allPhotos: '‹ All photos',
  photosOf: (name: string): string => `‹ Photos of ${n(name)}`,
  dropped: (name: string, left: number): string =>
    left === 0
      ? `Dropped. That was the only photo of ${n(name)}: I can’t recognise them until you send another one.`
      : `Dropped. ${n(name)} has ${count(left, 'photo')} left.`,
  photoBack: (name: string, photos: number): string => `It’s back. ${n(name)} has ${count(photos, 'photo')}.`,
  whoInstead: `Who is it? ${ifNew}`,
  taken: (name: string): string => `${n(name)} is in this photo already. Drop it there first.`,
  moved: (name: string, from: string, left: number): string =>
    left === 0
      ? `It’s ${n(name)}’s photo now. ${n(from)} has no photo left: send me one.`
      : `It’s ${n(name)}’s photo now.`,
} as const;
