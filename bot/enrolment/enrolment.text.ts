import type { Reason } from '@aws-sdk/client-rekognition';
import type { PhotoRefusal } from '../../party/guests/enrol-photo.ts';
import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

const unusable: Partial<Record<Reason, string>> = {
  EXTREME_POSE: 'the face is turned away too far. Send one in which it looks into the camera',
  LOW_BRIGHTNESS: 'it is too dark. Send one in better light',
  LOW_SHARPNESS: 'it is blurred. Send a sharper one',
  SMALL_BOUNDING_BOX: 'the face is too small. Send one taken from nearer by',
  LOW_FACE_QUALITY: 'the face is not clear enough. Send one from the front, in good light',
  LOW_CONFIDENCE: 'the face is not clear enough. Send one from the front, in good light',
};

/** What people read about the photos that they sent. */
export const enrolmentText = {
  enrolled: (name: string, photos: number, hasSong: boolean): string =>
    [
      photos === 1 ? `${n(name)} will be recognised.` : `${n(name)} now has ${count(photos, 'photo')}.`,
      ...(hasSong
        ? []
        : [
            `Next, send ${n(name)}’s song as a music file (MP3 or M4A), if you like. Without one, a carol plays.`,
          ]),
    ].join('\n'),

  chooseSong: 'Choose one of the songs',

  refused: (name: string, refusal: PhotoRefusal): string => {
    const wont = `This photo will not do for ${n(name)}: `;
    switch (refusal.reason) {
      case 'not a picture':
        return `${wont}it is not a picture that I can read. Send a JPEG or PNG, or send it as a photo.`;
      case 'other kind of picture':
        return enrolmentText.otherKind(refusal.kind);
      case 'damaged picture':
        return `${wont}it is damaged or cut off. Send it again, or send another one.`;
      case 'picture too small':
        return `${wont}it is too small. Send it in its full size, or send a larger one.`;
      case 'picture too large':
        return `${wont}it is too large. Send it as a photo (not as a file), then Telegram makes it smaller.`;
      case 'no face':
        return `${wont}I see no face in it. Send one that shows the face from the front, in good light.`;
      case 'several faces':
        return `${wont}I see ${refusal.faces} faces in it. Send one of ${n(name)} alone; you can crop this one.`;
      case 'face not usable': {
        const reason = refusal.because.find((because) => unusable[because]) ?? 'LOW_FACE_QUALITY';
        return `${wont}${unusable[reason]}.`;
      }
    }
  },

  knownAlready: (name: string): string => `${n(name)} has this photo already.`,
  knownAs: (name: string, holder: string): string =>
    `This very photo is ${n(holder)}’s already. Send another one of ${n(name)}.`,

  looksLike: (name: string, other: string): string =>
    `This face looks like ${n(other)}, whom I know. Is it ${n(other)}, or is ${n(name)} somebody else?`,
  looksDifferent: (name: string): string =>
    `I know a guest called ${n(name)}, and this face looks different. Is it the same ${n(name)}?`,
  itIs: (name: string): string => `It is ${n(name)}`,
  somebodyElse: (name: string): string => `${n(name)} is somebody else`,
  sameOne: (name: string): string => `The same ${n(name)}`,
  anotherOne: (name: string): string => `Another ${n(name)}`,
  questionGone: 'I have forgotten this photo. Please send it again.',
  understood: (name: string): string => `${n(name)}, then.`,

  who: 'Who is this? Write the name. /cancel if you do not want to say.',
  blank: 'I need a name of letters, figures or emoji. Who is this?',
  tooLong: (length: number, most: number): string =>
    `This name is ${length} characters long, and ${most} is the most. Please write a shorter one.`,

  notAskedAnyMore: 'Never mind who this is.',

  notAPicture: 'This is not a picture that I can read. Send a JPEG or PNG, or send it as a photo.',
  otherKind: (kind: string): string =>
    `I can’t open ${kind} pictures, only JPEG and PNG. Send it as a photo (not as a file), then Telegram makes it a JPEG.`,
  tooLarge: 'This picture is too large. Send it as a photo (not as a file), then Telegram makes it smaller.',
} as const;
