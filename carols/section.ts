import { type Chord, readHarmony } from './harmony.ts';
import { countBars, type Note, readLine } from './notation.ts';
import { type Score, ScoreError, type Section } from './score.ts';

/** A section with its lines read, in quarter notes from its start. */
export interface ReadSection {
  readonly bars: number;
  readonly metre: readonly [number, number];
  readonly key: string;
  readonly melody: readonly Note[];
  readonly counter: readonly Note[];
  readonly chords: readonly Chord[];
}

/**
 * Reads a section's lines.
 * @throws {ScoreError} naming the section, when a line cannot be read or the lines have different lengths.
 */
export function readSection(section: Section, { key, metre }: Pick<Score, 'key' | 'metre'>): ReadSection {
  const bars = countBars(section.harmony);
  const line = (name: string, text: string) => {
    if (countBars(text) !== bars)
      throw new ScoreError(
        `In "${section.name}" the ${name} has ${countBars(text)} bars and the harmony ${bars}.`,
      );
    try {
      return readLine(text, key, metre);
    } catch (cause) {
      throw new ScoreError(`The ${name} of "${section.name}": ${(cause as Error).message}`, { cause });
    }
  };
  return {
    bars,
    metre,
    key,
    melody: line('melody', section.melody),
    counter: section.counter === undefined ? [] : line('counter', section.counter),
    chords: readHarmony(section.harmony, metre),
  };
}
