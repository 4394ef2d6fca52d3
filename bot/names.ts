/** Telegram shows a button's text in one line: a longer name would be cut there. */
export const maxNameLength = 64;

/** A person's name, or why it is none. */
export type NameReading =
  | { readonly name: string }
  | { readonly problem: 'blank' }
  | { readonly problem: 'too long'; readonly length: number };

/** Control characters, and marks that turn the direction of all that follows them. */
const unwanted = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
/** What shows nothing: spaces, marks without a shape of their own, fillers, the blank of Braille. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Z}\u2800]/gu;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Reads a name as a person typed it, in any script, emoji too: trimmed, with single spaces. */
export function readName(text: string): NameReading {
  const name = text.replace(/\s+/gu, ' ').replace(unwanted, '').trim().normalize('NFC');
  if (name.replace(invisible, '') === '') return { problem: 'blank' };
  const { length } = [...name];
  return length > maxNameLength ? { problem: 'too long', length } : { name };
}

/**
 * A name within a sentence. One that is written from right to left is set apart (Unicode's first strong
 * isolate), or it would reorder the words and figures around it.
 */
export function shownName(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}
