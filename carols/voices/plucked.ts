import { filter, lowpass } from '../biquad.ts';
import { sampleRate, samplesIn } from '../sound.ts';
import { fade, mono, type Timbre } from './voice.ts';

/** A plucked string. */
export interface Plucked {
  /** Seconds until the A above middle C has fallen by 60 dB. */
  readonly ring: number;
  /** How much of the sound's highs the string loses in each swing: 0 none, 0.5 most. */
  readonly dullness: number;
  /** Where it is plucked, as a part of its length. */
  readonly place: number;
  /** Highest frequency in a soft and in a hard pluck, in hertz. */
  readonly softness: readonly [soft: number, hard: number];
  /** Seconds in which it stops after the note. */
  readonly damper: number;
}

/**
 * The string of Karplus and Strong (1983), tuned as by Jaffe and Smith (1983): noise running round a delay
 * line that is one swing long, losing its highs on the way.
 */
export function plucked({ ring, dullness, place, softness, damper }: Plucked): Timbre {
  return ({ hertz, seconds, velocity, random }) => {
    const samples = new Float32Array(samplesIn(seconds + damper));
    const period = sampleRate / hertz;
    const w = (2 * Math.PI * hertz) / sampleRate;
    // The averaging filter (1-d)x[n] + d x[n-1] delays the first harmonic by this much.
    const filterDelay = Math.atan2(dullness * Math.sin(w), 1 - dullness + dullness * Math.cos(w)) / w;
    const whole = Math.floor(period - filterDelay - 0.2);
    const rest = period - filterDelay - whole;
    // First-order allpass whose delay at the first harmonic is `rest` samples.
    const allpass = Math.sin(((1 - rest) * w) / 2) / Math.sin(((1 + rest) * w) / 2);
    const loss = 0.001 ** (1 / (ring * Math.sqrt(440 / hertz) * hertz));

    const line = pluck(whole, place, random.next);
    filterRing(line, softness[0] + (softness[1] - softness[0]) * velocity);
    normalise(line, 0.5 * velocity);
    let at = 0;
    let before = 0;
    let allpassIn = 0;
    let allpassOut = 0;
    for (let i = 0; i < samples.length; i += 1) {
      const out = line[at]!;
      samples[i] = out;
      const averaged = loss * ((1 - dullness) * out + dullness * before);
      before = out;
      allpassOut = allpass * (averaged - allpassOut) + allpassIn;
      allpassIn = averaged;
      line[at] = allpassOut;
      at = at + 1 === whole ? 0 : at + 1;
    }
    fade(samples, 0.0015, damper);
    return mono(samples);
  };
}

/** One swing's worth of noise, without the harmonics that have a node where the string is plucked. */
function pluck(length: number, place: number, next: () => number): Float32Array {
  const noise = Float32Array.from({ length }, () => 2 * next() - 1);
  const shift = Math.max(1, Math.round(place * length));
  const line = noise.map((sample, i) => sample - noise[(i - shift + length) % length]!);
  const mean = line.reduce((sum, sample) => sum + sample, 0) / length;
  return line.map((sample) => sample - mean);
}

/** Filters a swing as if it went round for ever, so that its ends still meet. */
function filterRing(line: Float32Array, hertz: number): void {
  const rounds = new Float32Array(line.length * 3);
  for (let i = 0; i < 3; i += 1) rounds.set(line, i * line.length);
  filter(rounds, lowpass(Math.min(hertz, 0.4 * sampleRate)));
  line.set(rounds.subarray(line.length * 2));
}

function normalise(line: Float32Array, level: number): void {
  const power = Math.sqrt(line.reduce((sum, sample) => sum + sample * sample, 0) / line.length);
  // Chance gives every pluck another loudness; what is asked for is an even one.
  for (let i = 0; i < line.length; i += 1) line[i]! *= level / power;
}
