import type { Reason } from '@aws-sdk/client-rekognition';
import type { PhotoRefusal } from '../../party/guests/enrolment.ts';
import type { PhotoAdvice } from '../../party/guests/photo-advice.ts';
import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

const unusable: Partial<Record<Reason, string>> = {
  EXTREME_POSE: 'The face is turned too far away. Try one looking into the camera.',
  LOW_BRIGHTNESS: 'That photo is too dark. Try one in better light.',
  LOW_SHARPNESS: 'That photo is blurred. Do you have a sharper one?',
  SMALL_BOUNDING_BOX: 'The face is too small. Try one taken closer up.',
};
const unclear = 'I can’t see the face clearly. Try one from the front, in good light.';

const advice: Record<PhotoAdvice, string> = {
  sunglasses: 'One more without sunglasses would help.',
  covered: 'Something hides part of the face, maybe a hat or a hand. One more without it would help.',
  'dim light': 'It’s a bit dark. One more in brighter light would help.',
};

const orList = new Intl.ListFormat('en', { type: 'disjunction' });

/** What people read about the photos that they sent. */
export const enrolmentText = {
  enrolled: (name: string, photos: number): string =>
    photos === 1 ? `Got it, I’ll know ${n(name)}.` : `Got it, ${count(photos, 'photo')} of ${n(name)} now.`,
  wantSong: (name: string): string => `Want a song for ${n(name)}? Send an MP3 or M4A, or I’ll play a carol.`,
  wantSongs: 'Want a song for one of them? Send an MP3 or M4A with the name, or I’ll play carols.',
  advice: (advised: readonly PhotoAdvice[]): string[] => advised.map((one) => advice[one]),
  chooseSong: 'Pick a song',
  undo: 'Undo',

  refused: (refusal: PhotoRefusal): string => {
    switch (refusal.reason) {
      case 'not a picture':
        return enrolmentText.notAPicture;
      case 'other kind of picture':
        return enrolmentText.otherKind(refusal.kind);
      case 'damaged picture':
        return 'That picture is damaged or cut off. Please send it again.';
      case 'picture too small':
        return 'That photo is too small. Do you have a bigger one?';
      case 'picture too large':
        return enrolmentText.tooLarge;
      case 'no face':
        return 'I don’t see a face in that photo. Try one from the front, in good light.';
      case 'several faces':
        return `I see ${refusal.faces} faces in that photo. Please crop it to one.`;
      case 'face not usable': {
        const reason = refusal.because.find((because) => unusable[because]);
        return (reason && unusable[reason]) ?? unclear;
      }
    }
  },

  knownAlready: (name: string): string => `I already have that photo of ${n(name)}.`,
  knownAs: (name: string, holder: string): string =>
    `I have that photo as ${n(holder)}. If that’s wrong, open ${n(holder)} in /guests. If not, do you have another one of ${n(name)}?`,
  /** The button that mends it when the photo was taken in under a wrong name. */
  notTheOther: (name: string, holder: string): string => `It’s ${n(name)}, not ${n(holder)}`,

  looksLike: (other: string): string => `This looks a lot like ${n(other)}. Same person?`,
  looksDifferent: (name: string): string =>
    `You already have a guest called ${n(name)}, and this looks like someone else. Same person?`,
  itIs: (name: string): string => `It’s ${n(name)}`,
  sameOne: (name: string): string => `Same ${n(name)}`,
  someoneElse: 'Someone else',
  whoElse: (taken: string): string =>
    `OK, someone else. Who? You already have a guest called ${n(taken)}, so if the name’s the same, add something, like “${n(taken)} B.”`,
  nameTaken: (name: string): string =>
    `You already have a guest called ${n(name)}. How can I tell them apart? Add something, like “${n(name)} B.”`,
  questionGone: 'That one’s settled already.',
  understood: (name: string): string => `OK, ${n(name)}.`,

  askedLater: 'Got it. I’ll ask about this one next.',
  who: 'Who’s this? Send me the name, or /cancel.',
  whoLike: (name: string): string => `Who’s this? Maybe ${n(name)}? Pick one, or send me the name.`,
  whoOrPick: 'Who’s this? Send me the name, or pick one.',
  whichOf: (names: readonly string[]): string =>
    `I see one face. Is this ${orList.format(names.map(n))}? Pick one, or send me the name.`,
  isItTheName: (whole: string): string =>
    `Who’s this? If the name is “${n(whole)}”, tap it. Or send me the name.`,
  whoSentence: 'That’s too long for a name. Who’s this? Send me just the name, or /cancel.',
  blank: 'I can’t read that as a name. Who’s this?',
  tooLong: (length: number, most: number): string =>
    `That name has ${length} characters, and I can only take ${most}. Do you have a shorter one?`,

  notAskedAnyMore: 'OK, never mind this one.',

  album: {
    several: 'There are several people in these photos, so I’ll ask about each of them.',
    refused: (photos: number, why: string): string =>
      photos === 1 ? why : `${count(photos, 'photo')}: ${why}`,
    known: (photos: number, name: string): string =>
      photos === 1
        ? enrolmentText.knownAlready(name)
        : `I already have those ${photos} photos of ${n(name)}.`,
    waiting: (photos: number): string => `${count(photos, 'photo')} still without a name.`,
    askedLater: 'Got it. I’ll ask about these photos next.',
    asked: (photos: number): string =>
      photos === 1 ? 'One photo needs an answer below.' : `${photos} photos need an answer below.`,
  },

  notAPicture: 'I can’t open that file. Please send a JPEG or PNG, or send it as a photo.',
  otherKind: (kind: string): string => `I can’t open ${kind} files. Please send it as a photo.`,
  tooLarge: 'That picture is too big. Please send it as a photo, then Telegram makes it smaller.',
} as const;
