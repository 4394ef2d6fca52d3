import { sampleRate } from '../../carols/sound.ts';

/** The strength of one frequency in a stretch of samples, under a Hann window (Goertzel's algorithm). */
export function strengthAt(samples: Float32Array, hertz: number): number {
  const step = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  const hann = windowOf(samples.length);
  let before = 0;
  let now = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const next = samples[i]! * hann[i]! + step * now - before;
    before = now;
    now = next;
  }
  return Math.sqrt(Math.max(0, now * now + before * before - step * now * before)) / samples.length;
}

let lastWindow = new Float64Array(0);

function windowOf(length: number): Float64Array {
  if (lastWindow.length !== length)
    lastWindow = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  return lastWindow;
}

/** How many cents the strongest frequency within half a semitone lies above the one expected. */
export function centsOff(samples: Float32Array, hertz: number): number {
  const strengths = Array.from({ length: 101 }, (_, step) =>
    strengthAt(samples, hertz * 2 ** ((step - 50) / 1200)),
  );
  return strengths.indexOf(Math.max(...strengths)) - 50;
}

/**
 * The MIDI number whose note has just begun: of all in the range the one whose first harmonics are strongest
 * together in `after`, less most of what was there in `before` (the room and the note before ring on), and
 * less what lies between its harmonics (or the note an octave below would claim them).
 */
export function pitchBegun(before: Float32Array, after: Float32Array, low: number, high: number): number {
  const strengths = new Map<number, number>();
  // Half steps of the harmonics fall on pitches again, near enough: 0.5 and 2 are octaves, 1.5 and 3 fifths.
  const fresh = (pitch: number) => {
    const hertz = 440 * 2 ** ((pitch - 69) / 12);
    const strength = strengths.get(pitch) ?? strengthAt(after, hertz) - 0.8 * strengthAt(before, hertz);
    strengths.set(pitch, strength);
    return strength;
  };
  let best = { pitch: low, strength: Number.NEGATIVE_INFINITY };
  for (let pitch = low; pitch <= high; pitch += 1) {
    const strength =
      2 * fresh(pitch) +
      fresh(pitch + 12) +
      0.5 * fresh(pitch + 19) -
      1.5 * (fresh(pitch - 12) + fresh(pitch + 7));
    if (strength > best.strength) best = { pitch, strength };
  }
  return best.pitch;
}
