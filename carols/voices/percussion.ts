import { bandpass, filter, highpass } from '../biquad.ts';
import type { Random } from '../random.ts';
import { seededRandom } from '../random.ts';
import { type Sound, sampleRate, samplesIn, silence } from '../sound.ts';
import { fade, mono, type Timbre } from './voice.ts';

/** How many different strokes of a percussion instrument are made; they are then played by chance. */
const variants = 8;

/** A strap of sleigh bells: a dozen small jingles, none quite at the same moment. */
export function sleighBells(): Timbre {
  return oneOf(1, (random) => {
    const sound = silence(samplesIn(0.32));
    for (let jingle = 0; jingle < 14; jingle += 1) {
      const start = samplesIn(0.028 * random.next() ** 1.5);
      const side = random.next();
      const hertz = 4200 + 6200 * random.next();
      const ring = 0.05 + 0.09 * random.next();
      const level = 0.1 + 0.12 * random.next();
      for (const ratio of [1, 1.34]) addPing(sound, start, hertz * ratio, ring, level / ratio, side);
    }
    for (const samples of [sound.left, sound.right]) {
      addNoise(samples, 0.1, 0.035, random);
      filter(samples, highpass(3000));
      fade(samples, 0.001, 0.08);
    }
    return sound;
  });
}

/** A brush on a snare drum. */
export function brush(): Timbre {
  return oneOf(2, (random) => {
    const samples = new Float32Array(samplesIn(0.16));
    for (let i = 0; i < samples.length; i += 1) {
      const time = i / sampleRate;
      samples[i] = Math.min(1, time / 0.008) * Math.exp(-time / 0.035) * (2 * random.next() - 1);
    }
    filter(samples, bandpass(2600, 0.5));
    fade(samples, 0.001, 0.06);
    return mono(samples);
  });
}

/** A triangle: bright, many-voiced, and longer than anything else. */
export function triangle(): Timbre {
  return oneOf(3, (random) => {
    const sound = silence(samplesIn(2.2));
    for (const [index, hertz] of [1180, 2990, 4270, 5530, 7110, 8650, 10_200].entries()) {
      addPing(
        sound,
        0,
        hertz * (1 + 0.002 * random.bell()),
        1.9 - 0.15 * index,
        0.12 - 0.008 * index,
        0.4 + 0.2 * random.next(),
      );
    }
    for (const samples of [sound.left, sound.right]) {
      addNoise(samples, 0.04, 0.006, random);
      filter(samples, highpass(900));
      fade(samples, 0.001, 0.4);
    }
    return sound;
  });
}

/** Makes the variants once, and scales one of them for each stroke. */
function oneOf(seed: number, make: (random: Random) => Sound): Timbre {
  let made: Sound[] | undefined;
  return ({ velocity, random }) => {
    const own = seededRandom(seed);
    made ??= Array.from({ length: variants }, () => make(own));
    const { left, right } = made[Math.floor(random.next() * variants)]!;
    const scaled = left.map((sample) => sample * velocity);
    return left === right ? mono(scaled) : { left: scaled, right: right.map((sample) => sample * velocity) };
  };
}

function addPing(
  sound: Sound,
  start: number,
  hertz: number,
  ring: number,
  level: number,
  side: number,
): void {
  if (hertz > 0.45 * sampleRate) return;
  const w = (2 * Math.PI * hertz) / sampleRate;
  const decay = 0.001 ** (1 / (ring * sampleRate));
  const left = level * Math.cos((Math.PI / 2) * side);
  const right = level * Math.sin((Math.PI / 2) * side);
  let strength = 1;
  for (let i = start; i < sound.left.length && strength > 1e-4; i += 1) {
    const sample = strength * Math.sin(w * (i - start));
    sound.left[i]! += left * sample;
    sound.right[i]! += right * sample;
    strength *= decay;
  }
}

function addNoise(samples: Float32Array, level: number, seconds: number, random: Random): void {
  for (let i = 0; i < samples.length; i += 1)
    samples[i]! += level * Math.exp(-i / (seconds * sampleRate)) * (2 * random.next() - 1);
}
