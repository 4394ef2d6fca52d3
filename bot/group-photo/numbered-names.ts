import { readCaption } from '../enrolment/caption.ts';

/** A name for a number of a photo, from 1. */
export interface NumberedName {
  readonly number: number;
  readonly name: string;
}

const numbered = /^\s*(?:no\.?\s*|#)?(\d{1,2})\s*[\s.:)=–-]\s*(.+?)\s*$/iu;

/**
 * Reads names with numbers: "2 Anna", "1: Anna, 3: Ben", or a line each.
 *
 * @returns none unless all of the text is that
 */
export function numberedNames(text: string): NumberedName[] {
  const found: NumberedName[] = [];
  for (const part of text.split(/[\n,;]/).filter((one) => one.trim() !== '')) {
    const [, number, rest = ''] = numbered.exec(part) ?? [];
    const caption = readCaption(rest);
    if (number === undefined || caption.kind !== 'name') return [];
    found.push({ number: Number(number), name: caption.name });
  }
  return found;
}
