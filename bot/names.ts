import { cleanLine } from '../party/clean-line.ts';

/** Telegram shows a button's text in one line: a longer name would be cut there. */
export const maxNameLength = 64;

/** A person's name, or why it is none. */
export type NameReading =
  | { readonly name: string }
  | { readonly problem: 'blank' }
  | { readonly problem: 'too long'; readonly length: number };

const rightToLeft = /[\p{scx=Hebrew}\p{scx=Arabic}\p{scx=Syriac}\p{scx=Thaana}\p{scx=Nko}\p{scx=Adlam}]/u;

/** Reads a name as a person typed it, in any script, emoji too: what shows of it, in one line. */
export function readName(text: string): NameReading {
  const name = cleanLine(text);
  if (name === '') return { problem: 'blank' };
  const { length } = [...name];
  return length > maxNameLength ? { problem: 'too long', length } : { name };
}

/**
 * A name or a title within a sentence. One that is written from right to left is set apart (Unicode's first strong
 * isolate), or it would reorder the words and figures around it.
 */
export function shownName(name: string): string {
  const clean = cleanLine(name);
  return rightToLeft.test(clean) ? `\u2068${clean}\u2069` : clean;
}
