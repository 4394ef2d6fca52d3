import type { Random } from '../random.ts';
import { type Sound, samplesIn } from '../sound.ts';

/** A single note that an instrument is asked for. */
export interface Tone {
  readonly hertz: number;
  /** Seconds until it is let go. */
  readonly seconds: number;
  /** 0 to 1: how hard it is struck or blown. */
  readonly velocity: number;
  readonly random: Random;
}

/** Makes the sound of a note. It begins and ends at silence and may last longer than the tone. */
export type Timbre = (tone: Tone) => Sound;

/** A mono sound on both sides. */
export function mono(samples: Float32Array): Sound {
  return { left: samples, right: samples };
}

/** Smoothly raises the start and lowers the end of a sound to silence, in place; `rise` and `fall` in seconds. */
export function fade(samples: Float32Array, rise: number, fall: number): void {
  const up = Math.min(samplesIn(rise), samples.length);
  const down = Math.min(samplesIn(fall), samples.length);
  for (let i = 0; i < up; i += 1) samples[i]! *= ramp(i / up);
  const last = samples.length - 1;
  for (let i = 0; i < down; i += 1) samples[last - i]! *= ramp(i / down);
}

/** From 0 to 1 without a corner at either end. */
function ramp(place: number): number {
  return place * place * (3 - 2 * place);
}
