import { bandpass, filter } from '../biquad.ts';
import { sampleRate, samplesIn } from '../sound.ts';
import { fade, mono, type Timbre } from './voice.ts';
import { placeAt, readTable, type Spectrum, stepOf, wavetables } from './wavetable.ts';

/** A wind instrument: its tone brightens with the breath. */
export interface Wind {
  /** Spectrum blown softly and loudly. */
  readonly soft: Spectrum;
  readonly loud: Spectrum;
  /** Loudness of the breath heard beside the tone. */
  readonly breath: number;
  /** Depth of the vibrato in cents, and of its swelling as a part of the loudness. */
  readonly vibrato: number;
  readonly tremolo: number;
  /** Seconds in which a note comes in and leaves off. */
  readonly rise: number;
  readonly fall: number;
}

const step = 32;

/** One player of a wind instrument. */
export function wind({ soft, loud, breath, vibrato, tremolo, rise, fall }: Wind): Timbre {
  const darkOf = wavetables(soft);
  const brightOf = wavetables(loud);
  return ({ hertz, seconds, velocity, random }) => {
    const dark = darkOf(hertz);
    const bright = brightOf(hertz);
    const samples = new Float32Array(samplesIn(seconds + fall));
    const rate = 5.1 + 0.3 * random.bell();
    const swing = random.next();
    let place = placeAt(random.next());
    for (let from = 0; from < samples.length; from += step) {
      const time = from / sampleRate;
      // Short notes are played straight; on long ones the vibrato grows after a moment.
      const growth = Math.min(1, Math.max(0, (time - 0.25) / 0.5));
      const wave = growth * Math.sin(2 * Math.PI * (rate * time + swing));
      // The breath meets the pitch from a hair below, and pushes hardest at the start.
      const scoop = -18 * Math.exp(-time / 0.025);
      const push = 0.85 + 0.15 * Math.exp(-time / 0.18);
      const advance = stepOf(hertz * 2 ** ((scoop + vibrato * wave) / 1200));
      const level = 0.5 * velocity * push * (1 + tremolo * wave);
      const brightness = Math.min(1, velocity * (push + 0.25 * tremolo * wave));
      const to = Math.min(from + step, samples.length);
      for (let i = from; i < to; i += 1) {
        const low = readTable(dark, place);
        samples[i] = level * (low + brightness * (readTable(bright, place) - low));
        place = (place + advance) | 0;
      }
    }
    addBreath(samples, hertz, breath * velocity, random.next);
    fade(samples, Math.min(rise, seconds), fall);
    return mono(samples);
  };
}

function addBreath(samples: Float32Array, hertz: number, level: number, next: () => number): void {
  const noise = new Float32Array(samples.length);
  for (let i = 0; i < noise.length; i += 1) noise[i] = 2 * next() - 1;
  filter(noise, bandpass(Math.min(2 * hertz, 6000), 1.2));
  // Most of it is heard as the note begins.
  let burst = 1;
  const decay = Math.exp(-1 / (0.05 * sampleRate));
  for (let i = 0; i < noise.length; i += 1) {
    samples[i]! += level * (0.35 + burst) * noise[i]!;
    burst *= decay;
  }
}
