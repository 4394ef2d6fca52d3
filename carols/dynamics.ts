import { gainOf, type Sound, sampleRate, samplesIn } from './sound.ts';

/**
 * Evens out loud and soft, in place: above the threshold, two decibels in become one out.
 * @param threshold in dBFS, of the power over some 30 ms.
 */
export function compress({ left, right }: Sound, threshold: number): void {
  const averaging = 1 - Math.exp(-1 / (0.03 * sampleRate));
  const attack = 1 - Math.exp(-1 / (0.02 * sampleRate));
  const release = 1 - Math.exp(-1 / (0.25 * sampleRate));
  const limit = gainOf(threshold) ** 2;
  let power = 0;
  let gain = 1;
  for (let i = 0; i < left.length; i += 1) {
    power += averaging * ((left[i]! ** 2 + right[i]! ** 2) / 2 - power);
    // The square root of the ratio of amplitudes halves the decibels over the threshold.
    const wanted = power > limit ? (limit / power) ** 0.25 : 1;
    gain += (wanted < gain ? attack : release) * (wanted - gain);
    left[i]! *= gain;
    right[i]! *= gain;
  }
}

/**
 * Keeps every sample under a ceiling, in place. It looks 5 ms ahead and turns down smoothly before a peak
 * comes, so that nothing is cut off.
 * @param ceiling in dBFS.
 */
export function limit({ left, right }: Sound, ceiling: number): void {
  const top = gainOf(ceiling);
  const ahead = samplesIn(0.005);
  const release = 1 - Math.exp(-1 / (0.08 * sampleRate));
  const length = left.length;
  // The smallest gain that any sample within the look-ahead needs: rise at once downwards, slowly upwards.
  const needed = new Float32Array(length + ahead).fill(1);
  for (let i = 0; i < length; i += 1) {
    const peak = Math.max(Math.abs(left[i]!), Math.abs(right[i]!));
    if (peak > top) needed[i] = top / peak;
  }
  const lowest = slidingMinimum(needed, ahead);
  let held = lowest[0]!;
  let sum = ahead * held;
  const window = new Float64Array(ahead).fill(held);
  for (let i = 0; i < length; i += 1) {
    const next = lowest[i]!;
    held = next < held ? next : held + release * (next - held);
    // A moving average over the look-ahead turns the steps into ramps that are down in time.
    sum += held - window[i % ahead]!;
    window[i % ahead] = held;
    const gain = sum / ahead;
    left[i]! *= gain;
    right[i]! *= gain;
  }
}

/** For each place the smallest of it and the following `width - 1` values. */
function slidingMinimum(values: Float32Array, width: number): Float32Array {
  const result = new Float32Array(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  for (let i = values.length - 1; i >= 0; i -= 1) {
    while (tail > head && values[queue[tail - 1]!]! >= values[i]!) tail -= 1;
    queue[tail] = i;
    tail += 1;
    while (queue[head]! >= i + width) head += 1;
    result[i] = values[queue[head]!]!;
  }
  return result;
}
