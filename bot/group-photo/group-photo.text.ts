import { firstCharacters } from '../../party/clean-line.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { shownName as n } from '../names.ts';
import { count, namesInList } from '../wording.ts';

/** Bot API, editMessageMedia: a caption has at most 1024 characters. */
const mostCharacters = 1000;

/** One person of a photo, for the list. */
export interface ShownMember {
  readonly number: number;
  readonly name?: string | undefined;
  readonly isSkipped?: boolean | undefined;
}

const list = (members: readonly ShownMember[]): string =>
  firstCharacters(
    members.map(({ number, name }) => `${number} ${name ? n(name) : '–'}`).join('\n'),
    mostCharacters - 300,
  );

const unclear = (faces: number): string[] =>
  faces > 0 ? [`${faces === 1 ? 'One more face is' : `${faces} more are`} too small or unclear.`] : [];

/** What people read about a photo of several people. */
export const groupPhotoText = {
  people: (members: number, seen: number): string =>
    [
      members === 1
        ? 'I see several people, but only one clearly.'
        : `I see ${members} people, numbered from the left.`,
      ...unclear(seen - members),
    ].join(' '),
  peopleInAlbum: (members: number, seen: number): string => {
    if (members > 1) return [`These photos show ${members} people.`, ...unclear(seen - members)].join(' ');
    return seen > 1
      ? 'I see several people in these photos, but only one clearly.'
      : 'There’s one more person in these photos.';
  },

  members: list,
  who: (number: number): string => `Who’s ${number}? Pick a name, or send me one.`,
  orAllOne: (name: string): string => `Or are they all ${n(name)}?`,
  allOne: (name: string): string => `All ${name}`,
  looksLike: (number: number, other: string): string =>
    `${number} looks a lot like ${n(other)}. Same person?`,
  looksDifferent: (number: number, name: string): string =>
    `You already have a guest called ${n(name)}, and ${number} looks like someone else. Same person?`,
  whoElse: (number: number, taken: string): string =>
    `OK, who’s ${number}? If the name’s ${n(taken)} too, add something, like “${n(taken)} B.”`,
  nameTaken: enrolmentText.nameTaken,
  tapAnswer: 'Is it the same person? Tap an answer, or send me another name.',

  skip: (number: number): string => `Skip ${number}`,
  done: 'That’s all',

  finished: (members: readonly ShownMember[], newNames: number, isAlbum: boolean): string => {
    const named = members.filter(({ name }) => name);
    if (named.length === 0) return `OK, nobody from ${isAlbum ? 'these photos' : 'this photo'}.`;
    const skipped = members.length - named.length;
    return [
      isAlbum ? 'Got it!' : 'Got it! From the left:',
      list(named),
      ...(skipped > 0
        ? [`I’ve forgotten the other ${skipped === 1 ? 'face' : count(skipped, 'face')}.`]
        : []),
      ...(newNames > 0
        ? ['Want a song for one of them? Send an MP3 or M4A with the name, or I’ll play carols.']
        : []),
    ].join('\n');
  },
  known: (names: readonly string[]): string =>
    `I already have that photo, and everyone in it: ${namesInList(names)}.`,
  faceGone: (number: number): string =>
    `I don’t have ${number}’s face any more, sorry. Please send that photo again.`,
  gone: enrolmentText.questionGone,
  nobodyThere: (most: number): string => `There’s only 1 to ${most} in that photo.`,
} as const;
