import { sampleRate } from '../sound.ts';

const size = 2048;
/** Of the 32 bits of a place, those that are less than a sample of a table. */
const partBits = 21;
const partMask = 2 ** partBits - 1;
const part = 2 ** -partBits;

/** How loud a harmonic is, from its number (1 is the note itself) and its frequency in hertz. */
export type Spectrum = (harmonic: number, hertz: number) => number;

/** The tables of a spectrum, each made when its note is first played. */
export function wavetables(spectrum: Spectrum): (hertz: number) => Float32Array {
  const made = new Map<number, Float32Array>();
  return (hertz) => {
    const table = made.get(hertz) ?? wavetable(hertz, spectrum);
    made.set(hertz, table);
    return table;
  };
}

/**
 * One swing of a sound with the given harmonics, its power 0.5 (that of a full sine), with one sample more
 * for interpolation. Harmonics that could fold back at the sample rate are left out.
 */
function wavetable(hertz: number, spectrum: Spectrum): Float32Array {
  const table = new Float32Array(size + 1);
  const last = Math.min(48, Math.floor((0.42 * sampleRate) / hertz));
  let power = 0;
  for (let harmonic = 1; harmonic <= last; harmonic += 1) {
    const level = spectrum(harmonic, harmonic * hertz);
    power += level * level;
    // Phases that grow with the square of the number (Schroeder 1970) keep the peaks low.
    const phase = (-Math.PI * harmonic * (harmonic - 1)) / last;
    for (let i = 0; i < size; i += 1) table[i]! += level * sine(harmonic * i, phase);
  }
  const scale = 1 / Math.sqrt(power);
  for (let i = 0; i < size; i += 1) table[i]! *= scale;
  table[size] = table[0]!;
  return table;
}

const sines = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));

function sine(step: number, phase: number): number {
  const shift = Math.round((phase / (2 * Math.PI)) * size);
  return sines[(step + shift) & (size - 1)]!;
}

/**
 * A place in a swing as a whole number: 2³² of them are one swing, so that it goes round by itself. `(place + step) | 0`
 * is the next one. Whole numbers are half again as fast as parts of 1, and a hundred-thousandth of a hertz exact.
 */
export const placeAt = (swing: number): number => Math.round(swing * 2 ** 32) | 0;

/** How far a sound of so many hertz gets in a sample. */
export const stepOf = (hertz: number): number => placeAt(hertz / sampleRate);

/** Reads a table at a place. */
export function readTable(table: Float32Array, place: number): number {
  const index = place >>> partBits;
  const low = table[index]!;
  return low + (place & partMask) * part * (table[index + 1]! - low);
}
