import { barLength } from './notation.ts';
import { strokesOf } from './patterns.ts';
import { type Random, seededRandom } from './random.ts';
import type { Dynamic, Part, Score } from './score.ts';
import { type ReadSection, readSection } from './section.ts';

/** A note as it is played. */
export interface PlayedNote {
  readonly part: Part;
  /** Seconds from the recording's start. */
  readonly start: number;
  /** Seconds until it is let go; it may ring on. */
  readonly seconds: number;
  /** MIDI number. */
  readonly pitch: number;
  /** 0 to 1. */
  readonly velocity: number;
}

/** A carol as it is played, in the order of its sections and parts. */
export interface Performance {
  readonly notes: readonly PlayedNote[];
  /** Length of the recording, with the silence before and the ringing after. */
  readonly seconds: number;
}

/** Silence before the first note, so that players that fade in lose nothing of it. */
const leadIn = 0.12;
/** What is left to ring after the last bar. */
const ringing = 2.6;
/** Seconds between the notes of a spread chord. */
const spreading = 0.013;

const velocities: Readonly<Record<Dynamic, number>> = { p: 0.42, mp: 0.56, mf: 0.7, f: 0.84 };

/**
 * Plays a score: repeatable to the last bit, with the small unevenness of people who play together.
 * @throws {ScoreError} when the score cannot be read.
 */
export function perform(score: Score): Performance {
  const sections = score.sections.map((section) => readSection(section, score));
  const bar = barLength(score.metre);
  const bars = sections.reduce((sum, { bars }) => sum + bars, 0);
  const secondsAt = clock(score, bars * bar);
  const random = seededRandom(score.year);
  const notes: PlayedNote[] = [];
  let from = 0;
  score.sections.forEach(({ band, dynamic }, index) => {
    const section = sections[index]!;
    for (const part of band)
      notes.push(...playPart(part, section, velocities[dynamic], (at) => secondsAt(from + at), random));
    from += section.bars * bar;
  });
  return { notes, seconds: secondsAt(bars * bar) + ringing };
}

function playPart(
  part: Part,
  section: ReadSection,
  velocity: number,
  secondsAt: (at: number) => number,
  random: Random,
): PlayedNote[] {
  const phrase = 4 * barLength(section.metre);
  // Each player sits a little before or behind the beat for a whole section.
  const habit = 0.004 * random.bell();
  return strokesOf(part, section).map(({ at, length, pitch, accent, spread }) => {
    const start = Math.max(0, secondsAt(at) + habit + 0.009 * random.bell() + spread * spreading);
    const swell = 1 + 0.07 * Math.sin((Math.PI * (at % phrase)) / phrase);
    return {
      part,
      start,
      seconds: secondsAt(at + length) - secondsAt(at) - Math.min(spread * spreading, 0.2),
      pitch,
      velocity: Math.min(1, velocity * accent * swell * (1 + 0.1 * random.bell())),
    };
  });
}

/** Seconds at a place in quarter notes. In the ritardando a quarter's length grows evenly, so time is a square. */
function clock({ tempo, metre, ritardando }: Score, end: number): (at: number) => number {
  const quarter = 60 / tempo;
  const slowing = ritardando.bars * barLength(metre);
  const from = end - slowing;
  return (at) => {
    const late = Math.max(0, at - from);
    return leadIn + quarter * (at + ((ritardando.stretch - 1) * late * late) / (2 * slowing));
  };
}
