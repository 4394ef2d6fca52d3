import { comparable } from '../../party/clean-line.ts';
import { maxNameLength, type NameReading, readName } from '../names.ts';

/** What somebody wrote under a photo, or of it. */
export type Caption =
  | { readonly kind: 'none' }
  | { readonly kind: 'name'; readonly name: string }
  /** For the bot: `/guests`. */
  | { readonly kind: 'command' }
  /** Names of several people, or one that looks so; `whole` is all of it as one name. */
  | { readonly kind: 'several'; readonly names: readonly string[]; readonly whole: string }
  /** Words that are hardly a name. `whole` is absent when they are too long for one. */
  | { readonly kind: 'sentence'; readonly whole?: string }
  /** Nothing in it shows, or it is one word and too long. */
  | { readonly kind: 'no name'; readonly reading: Exclude<NameReading, { name: string }> };

/** A name of more words is a sentence. */
const mostWords = 4;
/** What stands in sentences, addresses and numbers, and not in names. */
const notInNames = /[?!:@#\\<>=]|\d{3}|https?\/\//;
/** A full stop ends a sentence, but for "Jr." and "Anna B." */
const fullStop = /(?:\p{L}{4,}|\p{N})\.\s*$/u;
/** What stands between the names of two people. A comma with "Jr." behind it does not. */
const between = /\s*(?:\n|[,;+&/](?!\s*(?:jr|sr|ii|iii)\b))\s*|\s+(?:and|und|et|y|и|og|och|en)\s+/iu;
/** What people begin with when they introduce somebody. */
const introduction =
  /^(?:this is|that is|that[’']s|here is|here[’']s|it is|it[’']s|meet|das ist|c[’']est)\s+/iu;

/** What people say to a bot, as to anybody, and is nobody's name. */
const smallTalk = new Set(
  'hi hello hey yo yes no ok okay thanks thx please sorry great cool nice good super perfect wow done ready test start stop help next bye love look'.split(
    ' ',
  ),
);

/** Words of sentences. In a name of several words none of them stands. */
const ofSentences = new Set(
  'is was are were the a an on at in with my our your his her this that these here there me we you i he she it they from last first new old not for to'.split(
    ' ',
  ),
);

/** Reads what stands under a photo before it is taken for a name. */
export function readCaption(text: string | undefined): Caption {
  if (text === undefined) return { kind: 'none' };
  if (/^\s*\/[a-z]/i.test(text)) return { kind: 'command' };
  const reading = readName(text);
  if (!('name' in reading))
    return isLong(reading, text) ? { kind: 'sentence' } : { kind: 'no name', reading };
  const { name: whole } = reading;
  const name = whole.replace(introduction, '').replace(/!+$/, '').trim();
  const parts = text
    .trim()
    .replace(introduction, '')
    .split(between)
    .map((part) => readName(part));
  const names = parts.flatMap((part) => ('name' in part ? [part.name] : []));
  if (names.length > 1 && names.every(isNameLike)) return { kind: 'several', names, whole };
  return names.length === 1 && isNameLike(name) ? { kind: 'name', name } : { kind: 'sentence', whole };
}

/** A text that may be the name of whoever the next photo shows; undefined when it is something else. */
export function nameSaid(text: string): string | undefined {
  const caption = readCaption(text);
  return caption.kind === 'name' ? caption.name : undefined;
}

const isLong = (reading: NameReading, text: string): boolean =>
  'problem' in reading && reading.problem === 'too long' && /\S\s+\S/.test(text.trim());

function isNameLike(text: string): boolean {
  if (notInNames.test(text) || fullStop.test(text) || [...text].length > maxNameLength) return false;
  const words = comparable(text).split(' ');
  const bare = (word = '') => word.replace(/[,.…]+$/u, '');
  if (words.length > mostWords || smallTalk.has(bare(words[0]))) return false;
  return words.length === 1 || !words.some((word) => ofSentences.has(bare(word)));
}
