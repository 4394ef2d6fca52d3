import { readFileSync } from 'node:fs';
import { type Coverage, readCoverage } from './coverage.ts';
import { fontFile } from './font.ts';

/** More would be too small to read when it has to fit into the picture. */
const longest = 40;

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Smileys, flags and the like. Without them a name is the same name. */
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
/** Marks that show nothing by themselves: joiners, variants of emoji, directions. */
const shapeless = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Z}]/u;

let coverage: Coverage | undefined;

/**
 * What of a name is written on a picture. Emoji that the font lacks are left out; of a name with a letter that it
 * lacks nothing is written, for no name at all is better than one with boxes in it.
 *
 * @param has which characters there are; the font's own if not given
 */
export function labelOf(name: string, has: Coverage = fontCoverage()): string | undefined {
  const kept: string[] = [];
  for (const { segment } of characters.segment(name.normalize('NFC'))) {
    const shown = [...segment].every((char) => shapeless.test(char) || has(char.codePointAt(0)!));
    if (shown) kept.push(segment);
    else if (!emoji.test(segment)) return undefined;
  }
  const label = kept.slice(0, longest).join('').replace(/\s+/gu, ' ').trim();
  if ([...label].every((char) => shapeless.test(char))) return undefined;
  return kept.length > longest ? `${label}…` : label;
}

function fontCoverage(): Coverage {
  coverage ??= readCoverage(readFileSync(fontFile));
  return coverage;
}
