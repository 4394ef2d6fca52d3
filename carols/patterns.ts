import { type Chord, noteBelow, voiceChords } from './harmony.ts';
import { barLength, type Note, scale } from './notation.ts';
import { type Figure, type Part, ScoreError } from './score.ts';
import type { ReadSection } from './section.ts';

/** One thing an instrument does, placed in quarter notes from the section's start. */
export interface Stroke {
  readonly at: number;
  readonly length: number;
  /** MIDI number; instruments without pitch take no notice of it. */
  readonly pitch: number;
  /** How it stands out of the part: 1 is plain. */
  readonly accent: number;
  /** Place in a spread chord, 0 for the first; each further note comes a little later. */
  readonly spread: number;
}

/** What a part plays in a section, in the bars that are its own. */
export function strokesOf(part: Part, section: ReadSection): Stroke[] {
  const lift = 12 * (part.octave ?? 0);
  const isOwn = barsOf(part.bars, section.bars);
  return figures[part.plays](section)
    .filter(({ at }) => isOwn(Math.floor(at / barLength(section.metre) + 1e-9) + 1))
    .map((stroke) => ({ ...stroke, pitch: stroke.pitch + lift }));
}

/** Reads `3-4 7-8`. */
function barsOf(text: string | undefined, bars: number): (bar: number) => boolean {
  const spans = (text ?? `1-${bars}`).split(' ').map((span) => {
    const [first = Number.NaN, last = first] = span.split('-').map(Number);
    if (!(first >= 1 && first <= last && last <= bars))
      throw new ScoreError(`"${span}" are not bars of 1 to ${bars}.`);
    return { first, last };
  });
  return (bar) => spans.some(({ first, last }) => bar >= first && bar <= last);
}

const figures: Record<Figure, (section: ReadSection) => Stroke[]> = {
  melody: ({ melody, metre }) => playLine(melody, metre),
  counter: ({ counter, metre }) => playLine(counter, metre),
  second: ({ melody, chords, key, metre }) =>
    playLine(
      melody.map((note) => ({ ...note, pitch: noteBelow(note.pitch, chordAt(chords, note.at), scale(key)) })),
      metre,
    ),
  pad: ({ chords }) => {
    const held = joinEqual(chords);
    return held.flatMap(({ at, length }, index) =>
      voiceChords(held, [52, 69])[index]!.map((pitch) => ({ at, length, pitch, accent: 1, spread: 0 })),
    );
  },
  offbeats: (section) => {
    const layouts = voiceChords(section.chords, [50, 67]);
    return beatsOf(section)
      .filter(({ strong }) => !strong)
      .flatMap(({ at, length }) =>
        layouts[chordIndexAt(section.chords, at)]!.map((pitch, spread) => ({
          at,
          length: length * 0.7,
          pitch,
          accent: 1,
          spread,
        })),
      );
  },
  arpeggio: (section) => {
    const layouts = voiceChords(section.chords, [50, 67]);
    const bar = barLength(section.metre);
    const order = bar === 4 ? [0, 2, 1, 2, 3, 2, 1, 2] : [0, 1, 2, 3, 2, 1];
    return Array.from({ length: section.bars * bar * 2 }, (_, step) => {
      const at = step / 2;
      const layout = layouts[chordIndexAt(section.chords, at)]!;
      const tones = [...layout.slice(0, 3), layout[0]! + 12];
      const place = step % (bar * 2);
      return { at, length: 1.4, pitch: tones[order[place]!]!, accent: place === 0 ? 1.12 : 1, spread: 0 };
    });
  },
  bass: ({ chords, metre }) => {
    const half = metre[0] % 2 === 0 ? barLength(metre) / 2 : barLength(metre);
    return joinEqual(chords).flatMap((chord) =>
      Array.from({ length: Math.ceil(chord.length / half - 1e-9) }, (_, step) => {
        const root = bassPitch(chord.bass);
        const fifth = root + (root >= 40 ? -5 : 7);
        // A bass that is not the root stays where it is: a fifth above a third belongs to another chord.
        const turns = chord.bass === chord.classes[0] && step % 2 === 1;
        const length = Math.min(half, chord.length - step * half);
        return {
          at: chord.at + step * half,
          length,
          pitch: turns ? fifth : root,
          accent: turns ? 0.9 : 1,
          spread: 0,
        };
      }),
    );
  },
  roots: ({ chords }) =>
    joinEqual(chords).map(({ at, length, bass }) => ({
      at,
      length,
      pitch: bassPitch(bass),
      accent: 1,
      spread: 0,
    })),
  roll: ({ chords, metre, bars }) => {
    const firsts = Array.from({ length: bars }, (_, bar) => chordAt(chords, bar * barLength(metre)));
    return voiceChords(firsts, [55, 72]).flatMap((pitches, bar) =>
      [...pitches.slice(0, 3), ...pitches.slice(0, 3).map((pitch) => pitch + 12)].map((pitch, spread) => ({
        at: bar * barLength(metre),
        length: barLength(metre),
        pitch,
        // Six notes together need less each.
        accent: 0.55,
        spread: spread * 3,
      })),
    );
  },
  // Sleigh bells answer the beat, so the unaccented beats sound a little more.
  beats: (section) => beatsOf(section).map(({ at, length, strong }) => shake(at, length, strong ? 0.8 : 1)),
  eighths: (section) =>
    beatsOf(section).flatMap(({ at, length, strong }) => [
      shake(at, length / 2, strong ? 0.85 : 1),
      shake(at + length / 2, length / 2, 0.55),
    ]),
  backbeat: (section) =>
    beatsOf(section)
      .filter(({ strong }) => !strong)
      .map(({ at, length }) => shake(at, length, 1)),
  bars: ({ bars, metre }) =>
    Array.from({ length: bars }, (_, bar) => shake(bar * barLength(metre), barLength(metre), 1)),
};

function shake(at: number, length: number, accent: number): Stroke {
  return { at, length, pitch: 60, accent, spread: 0 };
}

function playLine(notes: readonly Note[], metre: readonly [number, number]): Stroke[] {
  const bar = barLength(metre);
  return notes.map(({ at, length, pitch }, index) => {
    const accent = at % bar < 1e-9 ? 1.07 : isStrong(at, metre) ? 1.03 : Number.isInteger(at * 2) ? 1 : 0.94;
    // A note is let go early when it comes again, or the two would be heard as one.
    const again = notes[index + 1]?.pitch === pitch;
    return { at, length: length * (again ? 0.75 : 0.97), pitch, accent, spread: 0 };
  });
}

/** Half bars carry weight in metres that halve; in the others only the first beat does. */
function isStrong(at: number, metre: readonly [number, number]): boolean {
  const span = metre[0] % 2 === 0 ? barLength(metre) / 2 : barLength(metre);
  return Math.abs(at / span - Math.round(at / span)) < 1e-9;
}

function beatsOf({ bars, metre }: ReadSection) {
  const [beats, value] = metre;
  const length = 4 / value;
  return Array.from({ length: bars * beats }, (_, beat) => ({
    at: beat * length,
    length,
    strong: isStrong(beat * length, metre),
  }));
}

/** The bass note between C and B of the octave two below middle C: low enough, and still heard on a telephone. */
function bassPitch(pitchClass: number): number {
  return 36 + pitchClass;
}

function chordIndexAt(chords: readonly Chord[], at: number): number {
  return chords.findLastIndex((chord) => chord.at <= at + 1e-9);
}

function chordAt(chords: readonly Chord[], at: number): Chord {
  return chords[chordIndexAt(chords, at)]!;
}

function joinEqual(chords: readonly Chord[]): Chord[] {
  const joined: Chord[] = [];
  for (const chord of chords) {
    const last = joined.at(-1);
    const same = last?.bass === chord.bass && last.classes.join() === chord.classes.join();
    if (last && same) joined[joined.length - 1] = { ...last, length: last.length + chord.length };
    else joined.push(chord);
  }
  return joined;
}
