import { type Biquad, filter } from './biquad.ts';
import { type Sound, samplesIn } from './sound.ts';

/**
 * The K-weighting of ITU-R BS.1770, designed anew for 44.1 kHz from its analogue shape: a shelf for what the
 * head adds, then a high-pass.
 */
const weighting: readonly Biquad[] = [
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

/** The mean power of each full 100 ms, K-weighted. */
function weightedPowers(samples: Float32Array): number[] {
  const weighted = samples.slice();
  for (const design of weighting) filter(weighted, design);
  const quarter = samplesIn(0.1);
  const powers: number[] = [];
  for (let from = 0; from + quarter <= weighted.length; from += quarter) {
    let power = 0;
    for (let i = from; i < from + quarter; i += 1) power += weighted[i]! * weighted[i]!;
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
