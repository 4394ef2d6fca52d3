import type { VoiceName } from './voices/band.ts';

/** A carol as a listener knows it. */
export interface Carol {
  /** Stable name, also the file's: `jingle-bells`. */
  readonly id: string;
  readonly title: string;
  readonly performer: string;
  /** The year in which the melody was first published or sung. */
  readonly year: number;
  /** Who wrote it, and why it may be played freely. */
  readonly origin: string;
}

/** A carol with everything needed to play it. Pitches and lengths are written in the notation of `notation.ts`. */
export interface Score extends Carol {
  /** The tonic of a major key, such as `G` or `Bb`. */
  readonly key: string;
  /** Beats in a bar and the note value of one beat: `[6, 8]`. */
  readonly metre: readonly [beats: number, value: number];
  /** Speed in quarter notes a minute. */
  readonly tempo: number;
  /** The last bars slow down evenly until a beat lasts `stretch` times as long. */
  readonly ritardando: { readonly bars: number; readonly stretch: number };
  readonly sections: readonly Section[];
}

export type Dynamic = 'p' | 'mp' | 'mf' | 'f';

/** A few bars that one band plays. */
export interface Section {
  readonly name: string;
  readonly dynamic: Dynamic;
  readonly melody: string;
  /** Chord symbols, bar by bar; the chords of a bar share it equally. */
  readonly harmony: string;
  /** A second line written out, for parts that play `counter`. */
  readonly counter?: string;
  readonly band: readonly Part[];
}

/**
 * What a part makes of the section: `melody`, `counter` as written · `second` a third or sixth below the melody · `pad`
 * held chords · `offbeats` short chords between the bass notes · `arpeggio` chords broken into eighths · `bass` root
 * and fifth · `roots` one held root a chord · `roll` each bar's chord spread upwards · `beats`, `eighths`, `backbeat`,
 * `bars` strokes of an instrument without pitch.
 */
export type Figure =
  | 'melody'
  | 'counter'
  | 'second'
  | 'pad'
  | 'offbeats'
  | 'arpeggio'
  | 'bass'
  | 'roots'
  | 'roll'
  | 'beats'
  | 'eighths'
  | 'backbeat'
  | 'bars';

/** One instrument's job in a section. */
export interface Part {
  readonly voice: VoiceName;
  readonly plays: Figure;
  /** Octaves above what is written; 0 if left out. */
  readonly octave?: number;
  /** Decibels above the voice's own level; 0 if left out. */
  readonly level?: number;
  /** The bars of the section it plays in, from 1: `3-4 7-8`; all if left out. */
  readonly bars?: string;
}

/** A score that cannot be read; the message names the place. */
export class ScoreError extends Error {
  override readonly name = 'ScoreError';
}
