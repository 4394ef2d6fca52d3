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

/** The first six harmonics in semitones above the note, near enough to find them. */
const harmonics = [0, 12, 19, 24, 28, 31];

/**
 * The MIDI number whose note has just begun: of all in the range the one whose harmonics are strongest
 * together in `after`, less some of what was there in `before`, as the note before rings on. A low harmonic
 * counts more than a high one, so neither the octave above nor the one below can win.
 */
export function pitchBegun(before: Float32Array, after: Float32Array, low: number, high: number): number {
  const strengths = Array.from({ length: high - low + 1 + harmonics.at(-1)! }, (_, step) => {
    const hertz = 440 * 2 ** ((low + step - 69) / 12);
    return Math.max(0, strengthAt(after, hertz) - 0.4 * strengthAt(before, hertz));
  });
  const claims = Array.from({ length: high - low + 1 }, (_, step) =>
    harmonics.reduce((sum, semitones, index) => sum + strengths[step + semitones]! / Math.sqrt(index + 1), 0),
  );
  return low + claims.indexOf(Math.max(...claims));
}
