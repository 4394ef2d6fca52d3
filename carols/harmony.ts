import { barLength, letters } from './notation.ts';
import { ScoreError } from './score.ts';

/** A chord for a stretch of a section. */
export interface Chord {
  /** Quarter notes from the section's start. */
  readonly at: number;
  /** Length in quarter notes. */
  readonly length: number;
  /** Pitch classes (0 is C), root first. */
  readonly classes: readonly number[];
  /** Pitch class of the bass note: the root, or what stands after the slash. */
  readonly bass: number;
}

const kinds: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '7': [0, 4, 7, 10],
  m7: [0, 3, 7, 10],
  maj7: [0, 4, 7, 11],
  '6': [0, 4, 7, 9],
  sus4: [0, 5, 7],
};

/**
 * Reads a line of chord symbols such as `F | C7 F/A`; a bar's chords share it equally.
 * @throws {ScoreError} for a symbol that is no chord.
 */
export function readHarmony(line: string, metre: readonly [number, number]): Chord[] {
  const bar = barLength(metre);
  return line.split('|').flatMap((symbols, index) => {
    const names = symbols.trim().split(/\s+/);
    const length = bar / names.length;
    return names.map((name, place) => ({ at: index * bar + place * length, length, ...readChord(name) }));
  });
}

function readChord(name: string): Pick<Chord, 'classes' | 'bass'> {
  const match = /^([A-G])(#|b)?(m7|maj7|m|7|6|sus4)?(?:\/([A-G])(#|b)?)?$/.exec(name);
  if (!match) throw new ScoreError(`"${name}" is not a chord symbol.`);
  const [, letter = '', sign, kind = '', bassLetter, bassSign] = match;
  const root = pitchClass(letter, sign);
  return {
    classes: kinds[kind]!.map((step) => (root + step) % 12),
    bass: bassLetter === undefined ? root : pitchClass(bassLetter, bassSign),
  };
}

function pitchClass(letter: string, sign: string | undefined): number {
  return (letters[letter.toLowerCase()]! + (sign === '#' ? 1 : sign === 'b' ? 11 : 0)) % 12;
}

/**
 * Lays each chord out in close position inside a range, moving every voice as little as it can from the
 * chord before, as a keyboard player's hand would.
 * @param range lowest and highest MIDI number; at least an octave and a third apart.
 * @returns for each chord its pitches, rising.
 */
export function voiceChords(chords: readonly Chord[], range: readonly [number, number]): number[][] {
  const [low, high] = range;
  let before: number[] | undefined;
  return chords.map(({ classes }) => {
    const layouts = classes
      .flatMap((_, turn) => closePositions([...classes.slice(turn), ...classes.slice(0, turn)], low))
      .filter((pitches) => pitches.at(-1)! <= high);
    const centre = (low + high) / 2;
    const cost = (pitches: number[]) =>
      before ? movement(before, pitches) : Math.abs(mean(pitches) - centre);
    before = layouts.reduce((best, next) => (cost(next) < cost(best) ? next : best));
    return before;
  });
}

/** The lowest close position at or above `low` with the classes in this order, and the next one above. */
function closePositions(classes: readonly number[], low: number): number[][] {
  const first = low + ((((classes[0]! - low) % 12) + 12) % 12);
  const pitches = [first];
  for (const next of classes.slice(1)) {
    const last = pitches.at(-1)!;
    pitches.push(last + ((((next - last) % 12) + 12) % 12));
  }
  return [pitches, pitches.map((pitch) => pitch + 12)];
}

function movement(from: readonly number[], to: readonly number[]): number {
  const nearest = (pitch: number) => Math.min(...from.map((other) => Math.abs(other - pitch)));
  // The drift of the whole hand counts a little, or it would wander off by small steps.
  return to.reduce((sum, pitch) => sum + nearest(pitch), 0) + 0.5 * Math.abs(mean(from) - mean(to));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/**
 * The note that goes with a melody note in a second voice: the chord's next note at least a third below, or,
 * under a passing note, the note two steps down the scale.
 */
export function noteBelow(pitch: number, chord: Chord, scale: readonly number[]): number {
  const isIn = (classes: readonly number[], candidate: number) =>
    classes.includes(((candidate % 12) + 12) % 12);
  if (isIn(chord.classes, pitch)) {
    let candidate = pitch - 3;
    while (!isIn(chord.classes, candidate)) candidate -= 1;
    return candidate;
  }
  let candidate = pitch;
  for (let steps = 0; steps < 2; steps += 1) {
    do candidate -= 1;
    while (!isIn(scale, candidate));
  }
  return candidate;
}
