import { type Sound, sampleRate, samplesIn, silence } from '../sound.ts';
import { fade, type Timbre } from './voice.ts';
import { readTable, type Spectrum, wavetables } from './wavetable.ts';

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
    for (let player = 0; player < players; player += 1) {
      const side = players === 1 ? 0.5 : player / (players - 1);
      const level = (velocity * 0.5) / Math.sqrt(players);
      // Spread evenly around the pitch, so that the middle stays in tune.
      const cents = detune * ((2 * ((player * 3 + 1) % players)) / Math.max(1, players - 1) - 1);
      addPlayer(sound, table, {
        hertz: hertz * 2 ** (cents / 1200),
        left: level * Math.cos((Math.PI / 2) * (0.1 + 0.8 * side)),
        right: level * Math.sin((Math.PI / 2) * (0.1 + 0.8 * side)),
        place: random.next(),
        swing: random.next(),
        rate: 5.4 + 0.5 * random.bell(),
        depth: vibrato * (1 + 0.3 * random.bell()),
      });
    }
    for (const samples of [sound.left, sound.right]) fade(samples, Math.min(rise, seconds), fall);
    return sound;
  };
}

function addPlayer(
  { left: outLeft, right: outRight }: Sound,
  table: Float32Array,
  player: {
    hertz: number;
    left: number;
    right: number;
    place: number;
    swing: number;
    rate: number;
    depth: number;
  },
): void {
  const { left, right } = player;
  let place = player.place;
  for (let from = 0; from < outLeft.length; from += step) {
    const time = from / sampleRate;
    // A hand finds the pitch first and begins to swing a third of a second later.
    const depth = player.depth * Math.min(1, time / 0.35);
    const cents = depth * Math.sin(2 * Math.PI * (player.rate * time + player.swing));
    const advance = (player.hertz * 2 ** (cents / 1200)) / sampleRate;
    const to = Math.min(from + step, outLeft.length);
    for (let i = from; i < to; i += 1) {
      const sample = readTable(table, place);
      outLeft[i]! += left * sample;
      outRight[i]! += right * sample;
      place += advance;
      if (place >= 1) place -= 1;
    }
  }
}
