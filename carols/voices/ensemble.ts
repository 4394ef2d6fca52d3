import { type Sound, sampleRate, samplesIn, silence } from '../sound.ts';
import { fade, type Timbre } from './voice.ts';
import { placeAt, readTable, type Spectrum, stepOf, wavetables } from './wavetable.ts';

/** Several players or singers on one note, each a little different. */
export interface Ensemble {
  readonly spectrum: Spectrum;
  readonly players: number;
  /** How far they are out of tune with each other, in cents. */
  readonly detune: number;
  /** Their vibrato's depth in cents; it is about 5.5 swings a second. */
  readonly vibrato: number;
  /** Seconds in which they come in and leave off. */
  readonly rise: number;
  readonly fall: number;
}

/** How often the vibrato is worked out, in samples. */
const step = 32;

/** A section of strings or a choir: the players sit side by side from left to right. */
export function ensemble({ spectrum, players, detune, vibrato, rise, fall }: Ensemble): Timbre {
  const tableOf = wavetables(spectrum);
  return ({ hertz, seconds, velocity, random }) => {
    const table = tableOf(hertz);
    const sound: Sound = silence(samplesIn(seconds + fall));
    const section = Array.from({ length: players }, (_, player): Player => {
      const side = players === 1 ? 0.5 : player / (players - 1);
      const level = (velocity * 0.5) / Math.sqrt(players);
      // Spread evenly around the pitch, so that the middle stays in tune.
      const cents = detune * ((2 * ((player * 3 + 1) % players)) / Math.max(1, players - 1) - 1);
      return {
        hertz: hertz * 2 ** (cents / 1200),
        left: level * Math.cos((Math.PI / 2) * (0.1 + 0.8 * side)),
        right: level * Math.sin((Math.PI / 2) * (0.1 + 0.8 * side)),
        place: random.next(),
        swing: random.next(),
        rate: 5.4 + 0.5 * random.bell(),
        depth: vibrato * (1 + 0.3 * random.bell()),
      };
    });
    for (let player = 0; player < players; player += 2)
      addPair(
        sound,
        table,
        section[player]!,
        section[player + 1] ?? { ...section[player]!, left: 0, right: 0 },
      );
    for (const samples of [sound.left, sound.right]) fade(samples, Math.min(rise, seconds), fall);
    return sound;
  };
}

/** One of a section. */
interface Player {
  readonly hertz: number;
  /** Loudness on either side. */
  readonly left: number;
  readonly right: number;
  /** Where in its swing it begins, and where in its vibrato's: 0 up to 1. */
  readonly place: number;
  readonly swing: number;
  /** The vibrato's swings a second, and its depth in cents. */
  readonly rate: number;
  readonly depth: number;
}

/** Two at a time: what takes longest is to add to the sound, and they do so together. */
function addPair({ left, right }: Sound, table: Float32Array, one: Player, other: Player): void {
  let place = placeAt(one.place);
  let otherPlace = placeAt(other.place);
  for (let from = 0; from < left.length; from += step) {
    const advance = advanceAt(one, from / sampleRate);
    const otherAdvance = advanceAt(other, from / sampleRate);
    const to = Math.min(from + step, left.length);
    for (let i = from; i < to; i += 1) {
      const sample = readTable(table, place);
      const otherSample = readTable(table, otherPlace);
      left[i]! += one.left * sample + other.left * otherSample;
      right[i]! += one.right * sample + other.right * otherSample;
      place = (place + advance) | 0;
      otherPlace = (otherPlace + otherAdvance) | 0;
    }
  }
}

/** How far a player gets in a sample at that time, in seconds: the pitch, and the vibrato around it. */
function advanceAt({ hertz, depth, rate, swing }: Player, time: number): number {
  // A hand finds the pitch first and begins to swing a third of a second later.
  const cents = depth * Math.min(1, time / 0.35) * Math.sin(2 * Math.PI * (rate * time + swing));
  return stepOf(hertz * ratioOf(cents));
}

/** 2 to the power of some few cents: three terms of the series are exact to a millionth of a cent, and far quicker. */
function ratioOf(cents: number): number {
  const x = cents * (Math.LN2 / 1200);
  return 1 + x * (1 + x * (1 / 2 + x / 6));
}
