import { filter, highpass } from './biquad.ts';
import { type Sound, sampleRate, samplesIn, silence } from './sound.ts';

/** Delays of the network in samples: prime, so that their echoes never fall together. 30 to 75 ms. */
const delays = [1327, 1559, 1801, 2053, 2309, 2621, 2953, 3299];
/** Delays that smear the first echoes, for the left and the right side. */
const smears = [
  [149, 211, 347, 491],
  [163, 229, 331, 463],
] as const;
const smearing = 0.62;
/** How much of the room comes back: at a send of 0.5 it lies some 10 dB under the dry sound. */
const returned = 0.26;
const preDelay = samplesIn(0.016);

/**
 * The sound of a friendly room with a wooden floor: a feedback delay network of eight lines, mixed by a
 * Householder matrix (Jot 1991), with allpasses before it.
 * @param sound what goes into the room.
 * @param seconds until the room's sound has fallen by 60 dB; highs fall faster.
 * @returns the room alone, as long as `sound`.
 */
export function reverberate(sound: Sound, seconds: number): Sound {
  const length = sound.left.length;
  const inputs = [sound.left, sound.right].map((samples, side) => {
    const input = new Float32Array(length);
    input.set(samples.subarray(0, Math.max(0, length - preDelay)), preDelay);
    // Lows would only make the room muddy.
    filter(input, highpass(180));
    for (const delay of smears[side]!) smear(input, delay);
    return input;
  });
  const [inLeft, inRight] = inputs as [Float32Array, Float32Array];
  const out = silence(length);
  const count = delays.length;
  // All lines lie in one array, one behind the other.
  const starts = Int32Array.from(delays, (_, line) =>
    delays.slice(0, line).reduce((sum, delay) => sum + delay, 0),
  );
  const ends = starts.map((start, line) => start + delays[line]!);
  const lines = new Float32Array(ends[count - 1]!);
  const places = starts.slice();
  const gains = Float64Array.from(delays, (delay) => 0.001 ** (delay / (seconds * sampleRate)));
  const dulled = new Float64Array(count);
  for (let i = 0; i < length; i += 1) {
    let back = 0;
    for (let line = 0; line < count; line += 1) {
      // A one-pole lowpass for what walls and coats swallow of the highs.
      dulled[line]! += 0.62 * (lines[places[line]!]! - dulled[line]!);
      back += dulled[line]! * gains[line]!;
    }
    back *= 2 / count;
    for (let line = 0; line < count; line += 1) {
      const place = places[line]!;
      const input = line & 1 ? inRight[i]! : inLeft[i]!;
      lines[place] = input + dulled[line]! * gains[line]! - back;
      places[line] = place + 1 === ends[line] ? starts[line]! : place + 1;
    }
    // Even lines are heard on the left and odd ones on the right, every other of them upside down.
    out.left[i] = returned * (dulled[0]! - dulled[2]! + dulled[4]! - dulled[6]!);
    out.right[i] = returned * (dulled[1]! - dulled[3]! + dulled[5]! - dulled[7]!);
  }
  return out;
}

/** Schroeder's allpass, in place: spreads a click over a while without colouring it. */
function smear(samples: Float32Array, delay: number): void {
  const line = new Float32Array(delay);
  let place = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const late = line[place]!;
    const now = samples[i]! - smearing * late;
    line[place] = now;
    samples[i] = smearing * now + late;
    place = place + 1 === delay ? 0 : place + 1;
  }
}
