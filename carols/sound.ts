/** Samples a second, of everything here. */
export const sampleRate = 44_100;

/** Samples from -1 to 1. A sound without width has the same array on both sides. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** An empty stereo sound. */
export function silence(samples: number): Sound {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** How many samples a time in seconds has. */
export function samplesIn(seconds: number): number {
  return Math.round(seconds * sampleRate);
}

/** The frequency of a MIDI number in equal temperament, A4 (69) at 440 Hz. */
export function hertzOf(pitch: number): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/** A ratio for a level in decibels. */
export function gainOf(decibels: number): number {
  return 10 ** (decibels / 20);
}
