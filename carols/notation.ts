/**
 * The notation of the scores.
 *
 * A line is bars parted by `|`, a bar is notes parted by spaces. A note is
 *
 * letter   c d e f g a b, or r for a rest sign     # b =  (sharp, flat, natural), only where it departs from the key's
 * signature octave   ' for each octave above the one that begins at middle C, , for each below length   1 2 4 8 16 with
 * dots, as in `4.`; left out, the note before gives it tie      ~ joins it to the next note of the same pitch
 *
 * In G major `f8. f=16 d'2` is F sharp, F natural, and the D above the treble stave's middle line.
 * Pitches are MIDI numbers (60 is middle C); places and lengths are in quarter notes.
 */
import { ScoreError } from './score.ts';

/** A sounding note of a line. */
export interface Note {
  /** Quarter notes from the line's start. */
  readonly at: number;
  /** Length in quarter notes. */
  readonly length: number;
  /** MIDI number. */
  readonly pitch: number;
  /** Whether it carries a sign, and so may lie outside the key. */
  readonly marked: boolean;
}

/** Semitones of the natural letters above C. */
export const letters: Readonly<Record<string, number>> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };

const signs: Readonly<Record<string, number>> = { '#': 1, b: -1, '=': 0 };
const sharpsOrder = 'fcgdaeb';
const sharpsOfKey: Readonly<Record<string, number>> = {
  C: 0,
  G: 1,
  D: 2,
  A: 3,
  E: 4,
  F: -1,
  Bb: -2,
  Eb: -3,
  Ab: -4,
};

/**
 * The signature of a major key: for each letter the semitones it is raised (1) or lowered (-1).
 * @throws {ScoreError} for a key that is not known.
 */
export function signature(key: string): Readonly<Record<string, number>> {
  const sharps = sharpsOfKey[key];
  if (sharps === undefined) throw new ScoreError(`There is no major key called "${key}" here.`);
  const raised = sharps >= 0 ? sharpsOrder.slice(0, sharps) : sharpsOrder.slice(sharps);
  return Object.fromEntries([...raised].map((letter) => [letter, Math.sign(sharps)]));
}

/** The seven pitch classes (0 is C) of a major key, in rising order from C. */
export function scale(key: string): number[] {
  const raised = signature(key);
  const classes = Object.entries(letters).map(([letter, step]) => (step + (raised[letter] ?? 0) + 12) % 12);
  return classes.sort((a, b) => a - b);
}

/** Quarter notes in a bar of a metre. */
export function barLength([beats, value]: readonly [number, number]): number {
  return (beats * 4) / value;
}

/**
 * Reads a line of notes.
 * @throws {ScoreError} for a sign that is no note, a bar that does not add up to the metre, or a tie that
 *   joins nothing.
 */
export function readLine(line: string, key: string, metre: readonly [number, number]): Note[] {
  const raised = signature(key);
  const notes: Note[] = [];
  let lengthBefore = 1;
  let tied = false;
  line.split('|').forEach((bar, index) => {
    const start = index * barLength(metre);
    let at = start;
    for (const token of bar.trim().split(/\s+/)) {
      const read = readToken(token, index + 1);
      const length = read.length ?? lengthBefore;
      lengthBefore = length;
      if (read.letter !== 'r') {
        const sign = read.sign === undefined ? (raised[read.letter] ?? 0) : signs[read.sign]!;
        const pitch = 60 + letters[read.letter]! + sign + 12 * read.octave;
        const last = notes.at(-1);
        if (!tied) notes.push({ at, length, pitch, marked: read.sign !== undefined });
        else if (last?.pitch === pitch) notes[notes.length - 1] = { ...last, length: last.length + length };
        else throw new ScoreError(`The tie before "${token}" in bar ${index + 1} joins different notes.`);
      } else if (tied) throw new ScoreError(`A tie in bar ${index + 1} leads to a rest.`);
      tied = read.tied;
      at += length;
    }
    if (Math.abs(at - start - barLength(metre)) > 1e-9)
      throw new ScoreError(
        `Bar ${index + 1} ("${bar.trim()}") lasts ${at - start} quarters, not ${barLength(metre)}.`,
      );
  });
  if (tied) throw new ScoreError('The last tie leads nowhere.');
  return notes;
}

/** How many bars a line of notes or chords has. */
export function countBars(line: string): number {
  return line.split('|').length;
}

function readToken(token: string, bar: number) {
  const match = /^([a-gr])(#|b|=)?('*|,*)(?:(16|1|2|4|8)(\.*))?(~)?$/.exec(token);
  if (!match) throw new ScoreError(`"${token}" in bar ${bar} is not a note.`);
  const [, letter = '', sign, octaves = '', value, dots = '', tie] = match;
  return {
    letter,
    sign,
    octave: octaves.startsWith("'") ? octaves.length : -octaves.length,
    // A dot adds half of what came before it: 1, 1.5, 1.75 …
    length: value === undefined ? undefined : (4 / Number(value)) * (2 - 0.5 ** dots.length),
    tied: tie !== undefined,
  };
}
