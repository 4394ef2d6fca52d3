import { bandpass, filter } from '../biquad.ts';
import { sampleRate, samplesIn } from '../sound.ts';
import { fade, mono, type Timbre } from './voice.ts';

/** A way in which a struck bar or a plucked string swings. */
export interface Mode {
  /** Frequency, as a multiple of the note's. */
  readonly ratio: number;
  /** Loudness at velocity 1. */
  readonly level: number;
  /** Seconds until it has fallen by 60 dB, for the A above middle C. */
  readonly ring: number;
}

/** An instrument whose sound is a sum of modes, each dying away at its own pace. */
export interface Struck {
  readonly modes: readonly Mode[];
  /** The ring changes with pitch as frequency to the power of minus this. */
  readonly shorterAbove: number;
  /** Seconds in which a damper stops the sound after the note; none: it rings out. */
  readonly damper?: number;
  /** The knock of mallet or finger: its loudness, pitch and length. */
  readonly knock: { readonly level: number; readonly hertz: number; readonly seconds: number };
  /** Seconds in which it speaks. */
  readonly rise: number;
}

/** The sound of a struck (or plucked) thing. Harder strokes bring out the higher modes. */
export function struck({ modes, shorterAbove, damper, knock, rise }: Struck): Timbre {
  return ({ hertz, seconds, velocity, random }) => {
    const scaling = (440 / hertz) ** shorterAbove;
    const longest = Math.max(...modes.map(({ ring }) => ring)) * scaling;
    const samples = new Float32Array(
      samplesIn(Math.min(longest, damper === undefined ? 6 : seconds + damper)),
    );
    modes.forEach(({ ratio, level, ring }, index) => {
      const frequency = hertz * ratio;
      if (frequency > 0.4 * sampleRate) return;
      // Chance makes no two strokes quite alike; the first mode carries the pitch and stays as it is.
      const uneven = index === 0 ? 1 : 1 + 0.12 * random.bell();
      addMode(samples, frequency, level * velocity ** (1 + 0.35 * index) * uneven, ring * scaling);
    });
    addKnock(samples, knock, velocity, random.next);
    fade(samples, rise, damper ?? 0.05);
    return mono(samples);
  };
}

/** A decaying sine, by the recurrence y[n] = 2r cos(w) y[n-1] - r² y[n-2]. */
function addMode(samples: Float32Array, hertz: number, level: number, ring: number): void {
  const w = (2 * Math.PI * hertz) / sampleRate;
  const r = 0.001 ** (1 / (ring * sampleRate));
  const a1 = 2 * r * Math.cos(w);
  const a2 = r * r;
  let y1 = 0;
  let y2 = (-level * Math.sin(w)) / r;
  // Beyond 75 dB down it cannot be heard: stop there.
  const end = Math.min(samples.length, Math.ceil(1.25 * ring * sampleRate));
  for (let i = 0; i < end; i += 1) {
    samples[i]! += y1;
    const y = a1 * y1 - a2 * y2;
    y2 = y1;
    y1 = y;
  }
}

function addKnock(samples: Float32Array, knock: Struck['knock'], velocity: number, next: () => number): void {
  const noise = new Float32Array(Math.min(samples.length, samplesIn(knock.seconds)));
  for (let i = 0; i < noise.length; i += 1) noise[i] = 2 * next() - 1;
  filter(noise, bandpass(knock.hertz, 0.8));
  for (let i = 0; i < noise.length; i += 1) {
    const left = 1 - i / noise.length;
    samples[i]! += knock.level * velocity * velocity * left * left * noise[i]!;
  }
}
