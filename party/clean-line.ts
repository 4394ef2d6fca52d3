/** What begins another line or column. */
const breaks = /[\t-\r\x85]/g;
const controls = /\p{Cc}/gu;
/** What takes room and shows nothing: Hangul's fillers and the blank of Braille. */
const fillers = /[\u115f\u1160\u3164\uffa0\u2800]/gu;
/**
 * What shows nothing by itself: Unicode's own list (zero-width characters, marks and turns of direction, variation
 * selectors, tags), the marks of annotations, the place of an object that is not there, and half of a character.
 */
const invisible = String.raw`[\p{Default_Ignorable_Code_Point}\ufff9-\ufffc\u{1d159}\p{Cs}]`;

const pictograph = String.raw`\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]?`;
/** Emoji with all that holds them together (UTS 51, "Definitions"): joined ones, keys, flags by tags. */
const emoji = [
  String.raw`\u{1f3f4}[\u{e0030}-\u{e007a}]+\u{e007f}`,
  String.raw`${pictograph}(?:\u200d${pictograph})*`,
  String.raw`[0-9#*]\ufe0f\u20e3`,
];
/** Scripts in which a word may be wrong without joiners and their opposite (UAX 31, "Layout and Format Control"). */
const joining = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil'],
  ...['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer'],
].map((script) => String.raw`(?<=\p{scx=${script}})[\u200c\u200d](?=\p{scx=${script}})`);

const neededOrInvisible = new RegExp(`(${[...emoji, ...joining].join('|')})|${invisible}`, 'gu');
const allInvisible = new RegExp(invisible, 'gu');

/**
 * A name or a title as it may be shown and kept: in one line, with single spaces, composed (NFC), without what nobody
 * sees or what would turn the words round it. Empty when nothing is left that shows.
 */
export function cleanLine(text: string): string {
  const line = text.replace(breaks, ' ').replace(controls, '').replace(fillers, ' ');
  const seen = line.replace(neededOrInvisible, (_found, needed?: string) => needed ?? '').normalize('NFC');
  const clean = seen.replace(/\p{Z}+/gu, ' ').trim();
  // Marks alone have nothing to stand on.
  return /[^\p{Z}\p{M}\p{Cf}]/u.test(clean) ? clean : '';
}

/**
 * Two names are the same when this is: however they are written (case, width, composition, spaces), and whatever is in
 * them that shows nothing.
 */
export function comparable(text: string): string {
  const seen = cleanLine(text).normalize('NFKC').replace(allInvisible, '');
  // To upper case first: it spells out what lower case has several letters for (ß, a sigma at a word's end).
  return seen
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\p{Z}+/gu, ' ')
    .trim();
}

/** So much of a text at most, and no emoji or accented letter in halves. */
export function firstCharacters(text: string, most: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    length += [...segment].length;
    if (length > most) break;
    kept.push(segment);
  }
  return kept.join('').trim();
}
