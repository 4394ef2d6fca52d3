import { ensemble } from './ensemble.ts';
import { struck } from './modal.ts';
import { brush, sleighBells, triangle } from './percussion.ts';
import { plucked } from './plucked.ts';
import type { Timbre } from './voice.ts';
import { wind } from './wind.ts';

/** An instrument and its seat in the room. */
export interface Voice {
  readonly timbre: Timbre;
  /** Loudness in the band, in decibels. */
  readonly level: number;
  /** From -1 (left) to 1 (right). */
  readonly pan: number;
  /** How much of it goes into the room's reverberation, 0 to 1. */
  readonly room: number;
}

/** A hump of loudness around a frequency, as bodies and mouths make. */
const formant = (hertz: number, centre: number, width: number) =>
  Math.exp(-(((hertz - centre) / width) ** 2));

/** How a bowed string's harmonics fall off, with a wooden body's resonances. */
const bowed = (harmonic: number, hertz: number) =>
  (harmonic ** -1.1 / (1 + (hertz / 2600) ** 2)) *
  (0.7 + 0.8 * formant(hertz, 480, 160) + 0.7 * formant(hertz, 1100, 350));

/** Singers on a dark "ooh". */
const sung = (harmonic: number, hertz: number) =>
  harmonic ** -0.9 *
  (0.9 * formant(hertz, 380, 260) +
    0.35 * formant(hertz, 870, 220) +
    0.08 * formant(hertz, 2500, 500) +
    0.01);

/** Harmonics named one by one, and none above. */
const listed =
  (...levels: number[]) =>
  (harmonic: number) =>
    levels[harmonic - 1] ?? 0;

const bar = { ratio: 1, level: 0.5 };

/** Everyone who can play. */
export const band = {
  celesta: {
    timbre: struck({
      modes: [
        { ...bar, ring: 2.6 },
        { ratio: 1.003, level: 0.12, ring: 2.2 },
        { ratio: 2, level: 0.09, ring: 1.4 },
        { ratio: 3.01, level: 0.06, ring: 0.7 },
        { ratio: 5.4, level: 0.05, ring: 0.25 },
      ],
      shorterAbove: 0.5,
      damper: 0.5,
      knock: { level: 0.12, hertz: 1800, seconds: 0.02 },
      rise: 0.0015,
    }),
    level: -4,
    pan: 0.22,
    room: 0.5,
  },
  glockenspiel: {
    timbre: struck({
      modes: [
        { ...bar, ring: 3.2 },
        { ratio: 2.756, level: 0.16, ring: 1 },
        { ratio: 5.404, level: 0.08, ring: 0.4 },
      ],
      shorterAbove: 0.6,
      knock: { level: 0.06, hertz: 5000, seconds: 0.008 },
      rise: 0.001,
    }),
    level: -10.5,
    pan: -0.3,
    room: 0.55,
  },
  harp: {
    timbre: plucked({ ring: 3, dullness: 0.28, place: 0.31, softness: [1800, 5200], damper: 0.6 }),
    level: -5,
    pan: -0.2,
    room: 0.5,
  },
  guitar: {
    timbre: plucked({ ring: 2.2, dullness: 0.36, place: 0.17, softness: [1500, 4200], damper: 0.12 }),
    level: -15.5,
    pan: 0.38,
    room: 0.28,
  },
  bass: {
    timbre: struck({
      modes: [
        { ratio: 1, level: 0.5, ring: 1.15 },
        { ratio: 2.001, level: 0.34, ring: 0.95 },
        { ratio: 3.004, level: 0.2, ring: 0.7 },
        { ratio: 4.01, level: 0.11, ring: 0.5 },
        { ratio: 5.02, level: 0.07, ring: 0.36 },
        { ratio: 6.03, level: 0.04, ring: 0.28 },
      ],
      shorterAbove: 0.4,
      damper: 0.12,
      knock: { level: 0.12, hertz: 700, seconds: 0.03 },
      rise: 0.006,
    }),
    level: -6,
    pan: -0.04,
    room: 0.1,
  },
  flute: {
    timbre: wind({
      soft: listed(1, 0.16, 0.06, 0.015),
      loud: listed(1, 0.5, 0.22, 0.08, 0.04, 0.015),
      breath: 0.1,
      vibrato: 11,
      tremolo: 0.1,
      rise: 0.045,
      fall: 0.09,
    }),
    level: -8.5,
    pan: 0.12,
    room: 0.5,
  },
  clarinet: {
    timbre: wind({
      soft: listed(1, 0.02, 0.32, 0.02, 0.08, 0.015, 0.03),
      loud: listed(1, 0.05, 0.55, 0.07, 0.28, 0.06, 0.16, 0.05, 0.08, 0.03, 0.03),
      breath: 0.035,
      vibrato: 3,
      tremolo: 0.03,
      rise: 0.03,
      fall: 0.07,
    }),
    level: -7.5,
    pan: -0.12,
    room: 0.38,
  },
  horn: {
    timbre: wind({
      soft: listed(1, 0.55, 0.25, 0.1, 0.04, 0.015),
      loud: listed(1, 0.85, 0.6, 0.4, 0.26, 0.16, 0.09, 0.05, 0.03),
      breath: 0.015,
      vibrato: 4,
      tremolo: 0.03,
      rise: 0.07,
      fall: 0.14,
    }),
    level: -12,
    pan: -0.35,
    room: 0.55,
  },
  violins: {
    timbre: ensemble({ spectrum: bowed, players: 5, detune: 7, vibrato: 13, rise: 0.06, fall: 0.14 }),
    level: -6.5,
    pan: 0,
    room: 0.42,
  },
  strings: {
    timbre: ensemble({ spectrum: bowed, players: 4, detune: 8, vibrato: 9, rise: 0.3, fall: 0.45 }),
    level: -18.5,
    pan: 0,
    room: 0.5,
  },
  choir: {
    timbre: ensemble({ spectrum: sung, players: 5, detune: 9, vibrato: 14, rise: 0.35, fall: 0.55 }),
    level: -17,
    pan: 0,
    room: 0.65,
  },
  'sleigh bells': { timbre: sleighBells(), level: -9, pan: 0.1, room: 0.3 },
  brush: { timbre: brush(), level: -8, pan: -0.15, room: 0.25 },
  triangle: { timbre: triangle(), level: -6, pan: -0.4, room: 0.5 },
} satisfies Record<string, Voice>;

/** The name of an instrument in a score. */
export type VoiceName = keyof typeof band;
