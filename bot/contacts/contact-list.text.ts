import type { Reason } from '@aws-sdk/client-rekognition';
import type { PhotoRefusal } from '../../party/guests/enrolment.ts';
import { shownName as n } from '../names.ts';
import { namesInList } from '../wording.ts';

const unusable: Partial<Record<Reason, string>> = {
  EXTREME_POSE: 'the face is turned too far away',
  LOW_BRIGHTNESS: 'the photo is too dark',
  LOW_SHARPNESS: 'the photo is blurred',
  SMALL_BOUNDING_BOX: 'the face is too small',
};

/** What people read about the contacts that they picked. */
export const contactListText = {
  begun: (contacts: number): string =>
    contacts === 1
      ? 'Thanks! I’ll look at the profile photo.'
      : `Thanks! I’ll look at ${contacts} profile photos.`,
  progress: (done: number, contacts: number): string => `${done} of ${contacts} done …`,

  added: (names: readonly string[]): string => `Got it, I’ll know ${namesInList(names)}.`,
  photoAdded: (names: readonly string[]): string => `I have one more photo of ${namesInList(names)} now.`,
  known: (names: readonly string[]): string =>
    `I already had ${names.length === 1 ? 'that photo' : 'those photos'} of ${namesInList(names)}.`,
  asked: (names: readonly string[]): string =>
    `${namesInList(names)} ${names.length === 1 ? 'needs' : 'need'} an answer below.`,
  notAdded: 'Not added:',
  /** A line for one contact: why not, or an advice. */
  one: (name: string | undefined, told: string): string =>
    `• ${name === undefined ? 'No name' : n(name)}: ${told}`,
  sendPhotos: (contacts: number): string =>
    contacts === 1
      ? 'Send me a photo instead, with the name as its caption.'
      : 'Send me photos of them instead, each with the name as its caption.',

  noPhoto: 'no profile photo that I can see',
  noName: 'no name that I can use',
  failed: 'something went wrong on my side',
  knownAs: (holder: string): string => `that’s a photo I have of ${n(holder)}`,
  severalPeople: (people: number): string => `${people} people in the photo`,
  refused: (refusal: PhotoRefusal): string => {
    switch (refusal.reason) {
      case 'no face':
        return 'no face in the photo';
      case 'several faces':
        return contactListText.severalPeople(refusal.faces);
      case 'picture too small':
        return 'the photo is too small';
      case 'face not usable': {
        const reason = refusal.because.find((because) => unusable[because]);
        return (reason && unusable[reason]) ?? 'I can’t see the face clearly';
      }
      case 'picture too large':
      case 'damaged picture':
      case 'not a picture':
      case 'other kind of picture':
        return 'I can’t open the photo';
    }
  },

  undo: 'Undo',
  guestsRemoved: (names: readonly string[]): string => `OK, I’ve removed ${namesInList(names)}.`,
  photosDropped: (names: readonly string[]): string => `I’ve dropped the new photo of ${namesInList(names)}.`,
  undoable: 'You can undo that for a day.',
  gone: 'That’s no longer there. See /guests.',
} as const;
