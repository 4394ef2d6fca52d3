import type { Biquad } from './biquad.ts';
import { type Sound, samplesIn } from './sound.ts';

/**
 * The K-weighting of ITU-R BS.1770, designed anew for 44.1 kHz from its analogue shape: a shelf for what the
 * head adds, then a high-pass.
 */
const weighting: readonly [shelf: Biquad, highpass: Biquad] = [
  {
    b0: 1.5308412300503478,
    b1: -2.6509799951547297,
    b2: 1.169079079921587,
    a1: -1.6636551132560202,
    a2: 0.7125954280732254,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.9891696736297957, a2: 0.9891990357870394 },
];

/**
 * How loud a recording is, in LUFS, after ITU-R BS.1770: power of 400 ms blocks that overlap by three
 * quarters, leaving out those that are silent or more than 10 LU below the rest. Silence is -Infinity.
 */
export function loudness({ left, right }: Sound): number {
  const leftQuarters = weightedPowers(left);
  const rightQuarters = left === right ? leftQuarters : weightedPowers(right);
  const powers: number[] = [];
  for (let first = 0; first + 4 <= leftQuarters.length; first += 1) {
    let power = 0;
    for (let quarter = first; quarter < first + 4; quarter += 1)
      power += (leftQuarters[quarter]! + rightQuarters[quarter]!) / 4;
    powers.push(power);
  }
  const loud = powers.filter((power) => toLufs(power) > -70);
  const gate = toLufs(mean(loud)) - 10;
  return toLufs(mean(loud.filter((power) => toLufs(power) > gate)));
}

/** The mean power of each full 100 ms, K-weighted: both filters in one pass, as `filter` would one after the other. */
function weightedPowers(samples: Float32Array): number[] {
  const [shelf, highpass] = weighting;
  const quarter = samplesIn(0.1);
  const powers: number[] = [];
  let [s1, s2, h1, h2] = [0, 0, 0, 0];
  for (let from = 0; from + quarter <= samples.length; from += quarter) {
    let power = 0;
    for (let i = from; i < from + quarter; i += 1) {
      const x = samples[i]!;
      const shelved = shelf.b0 * x + s1;
      s1 = shelf.b1 * x - shelf.a1 * shelved + s2;
      s2 = shelf.b2 * x - shelf.a2 * shelved;
      const weighted = highpass.b0 * shelved + h1;
      h1 = highpass.b1 * shelved - highpass.a1 * weighted + h2;
      h2 = highpass.b2 * shelved - highpass.a2 * weighted;
      power += weighted * weighted;
    }
    powers.push(power / quarter);
  }
  return powers;
}

function toLufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
