import type { Tensor } from './onnx.ts';

/** What is expected of each channel of a value that flows through a graph, over all places and pictures. */
export interface Expected {
  readonly means: Float32Array;
  readonly variances: Float32Array;
}

/**
 * What is left of normally distributed values that are limited to 0 … `most`, as ReLU6 limits them to 0 … 6. A batch
 * normalisation says of its output what it was in training: `beta` on average, and `gamma` its deviation.
 */
export function limited(means: Float32Array, deviations: Float32Array, most: number): Expected {
  const limitedMeans = new Float32Array(means.length);
  const variances = new Float32Array(means.length);
  for (const [channel, mean] of means.entries()) {
    const [first, second] = momentsOfLimited(
      mean,
      Math.max(Math.abs(deviations[channel]!), leastDeviation),
      most,
    );
    limitedMeans[channel] = first;
    variances[channel] = Math.max(0, second - first ** 2);
  }
  return { means: limitedMeans, variances };
}

/**
 * What a convolution makes of values, before it limits them, as if those of different channels had nothing to do with
 * each other and those at different places were the same: rough, and enough.
 *
 * @param weights in ONNX's order: out, in, height, width
 * @returns means and deviations
 */
export function convolved(weights: Tensor, bias: Float32Array, { means, variances }: Expected) {
  const [outputs, inputs] = weights.shape as [number, number];
  const places = weights.values.length / (outputs * inputs);
  const convolvedMeans = bias.slice();
  const deviations = new Float32Array(outputs);
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    let mean = 0;
    let variance = 0;
    for (let i = 0; i < inputs; i++) {
      let weight = 0;
      for (const end = at + places; at < end; at++) weight += weights.values[at]!;
      mean += weight * means[i]!;
      variance += weight * weight * variances[i]!;
    }
    convolvedMeans[o]! += mean;
    deviations[o] = Math.sqrt(variance);
  }
  return { means: convolvedMeans, deviations };
}

/** A channel that says the same everywhere: so the formulas below hold for it too. */
const leastDeviation = 1e-6;

/** The mean, and the mean of the squares, of a normal distribution whose values are limited to 0 … `most`. */
function momentsOfLimited(mean: number, deviation: number, most: number): [number, number] {
  const [low, high] = [-mean / deviation, (most - mean) / deviation];
  const within = shareBelow(high) - shareBelow(low);
  const above = 1 - shareBelow(high);
  const slope = deviation * (density(low) - density(high));
  const first = mean * within + slope + most * above;
  const second =
    (mean ** 2 + deviation ** 2) * within +
    mean * slope -
    most * deviation * density(high) +
    most ** 2 * above;
  return [first, second];
}

const density = (x: number): number => Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);

/**
 * The share of a standard normal distribution that lies below `x`, to within 1e-7 (Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 26.2.17).
 */
function shareBelow(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = density(x) * series;
  return x < 0 ? above : 1 - above;
}
