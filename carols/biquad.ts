import { sampleRate } from './sound.ts';

/** A second-order filter, normalised so that a0 is 1. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** The designs below are those of Robert Bristow-Johnson's "Audio EQ Cookbook". */
export function lowpass(hertz: number, q = Math.SQRT1_2): Biquad {
  const { cos, alpha } = angle(hertz, q);
  return normalise([(1 - cos) / 2, 1 - cos, (1 - cos) / 2], [1 + alpha, -2 * cos, 1 - alpha]);
}

export function highpass(hertz: number, q = Math.SQRT1_2): Biquad {
  const { cos, alpha } = angle(hertz, q);
  return normalise([(1 + cos) / 2, -1 - cos, (1 + cos) / 2], [1 + alpha, -2 * cos, 1 - alpha]);
}

/** Passes a band around `hertz`, 0 dB at its middle. */
export function bandpass(hertz: number, q: number): Biquad {
  const { cos, alpha } = angle(hertz, q);
  return normalise([alpha, 0, -alpha], [1 + alpha, -2 * cos, 1 - alpha]);
}

function angle(hertz: number, q: number) {
  const w = (2 * Math.PI * hertz) / sampleRate;
  return { cos: Math.cos(w), alpha: Math.sin(w) / (2 * q) };
}

function normalise(b: [number, number, number], a: [number, number, number]): Biquad {
  return { b0: b[0] / a[0], b1: b[1] / a[0], b2: b[2] / a[0], a1: a[1] / a[0], a2: a[2] / a[0] };
}

/** Filters samples in place (direct form II transposed, in double precision). */
export function filter(samples: Float32Array, { b0, b1, b2, a1, a2 }: Biquad): void {
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const x = samples[i]!;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    samples[i] = y;
  }
}
