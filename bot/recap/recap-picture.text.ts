import type { RecapPicture } from '../../party/parties/recap-picture.ts';
import { spanOf, whoCame } from '../end-party.text.ts';
import { shownName as n } from '../names.ts';
import { andList, count, namesInList } from '../wording.ts';

/** So many names that could not be drawn are told; a caption has room for no more (1024 characters, Bot API). */
const mostUnwritten = 10;

/** What people read on a recap's picture, and beneath it. */
export const recapPictureText = {
  /** What a party is called that has no name. */
  partyOf: (date: string): string => `The party of ${date}`,
  when: (date: string, from: string, to: string, came: number): string =>
    `${date} · ${from === to ? from : spanOf(from, to)} · ${count(came, 'guest')}`,

  came: (date: string, from: string, to: string, came: number, invited: number): string =>
    `${date}, ${spanOf(from, to)}: ${whoCame(came, invited)}.`,
  missed: (names: readonly string[]): string => `I didn’t see ${namesInList(names)}.`,
  /** To the guests. */
  thankYou: (date: string, from: string, to: string): string =>
    `${date}, ${spanOf(from, to)}. What an evening: thank you all for coming!`,
  unwritten: (those: RecapPicture['unwritten']): string => {
    const shown = those.slice(0, mostUnwritten).map(({ number, name }) => `no. ${number} is ${n(name)}`);
    const rest = those.length - shown.length;
    return `I can’t draw every alphabet: ${andList.format([...shown, ...(rest > 0 ? [`${rest} more`] : [])])}.`;
  },

  share: 'Share with the group',
  onItsWay: 'It’s on its way to the group.',
  sharedAlready: 'The group has it already.',
  notNow: 'I can’t send it just now. Try again in a minute.',
  forgotten: 'I’ve forgotten that party.',
} as const;
