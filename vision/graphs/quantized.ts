import type { Expected } from './expected.ts';
import type { Tensor } from './onnx.ts';

/** As far as a weight reaches, and as two of them together do that are taken at a time: {@link stepOf}. */
const mostOfWeight = 127;

/** So large a bias may become, in steps, that no sum of 32 bits overflows: of a channel whose weights are all 0, too. */
const mostOfBias = 2 ** 30;

/** A convolution's weights and bias in whole numbers. */
export interface Quantized {
  /** The weights, -127 to 127. */
  readonly bytes: Int8Array;
  /** What a step of a weight stands for, for each output. */
  readonly steps: Float32Array;
  /** The biases, in so many steps of the weights times those of the input. */
  readonly biases: Int32Array;
}

/**
 * Weights and a bias as bytes, each output's in steps of its own. What weights lose when they become bytes is made up
 * for on average, by the bias: that needs to be known of the input's mean only (Nagel et al., "Data-free quantization
 * through weight equalization and bias correction", 2019).
 *
 * @param weights in ONNX's order: out, in, height, width
 * @param input what a step of it stands for, and what is expected of it
 */
export function quantized(
  weights: Tensor,
  bias: Float32Array,
  input: { readonly scale: number; readonly expected: Expected },
  depthwise: boolean,
): Quantized {
  const { scale, expected } = input;
  const outputs = bias.length;
  const perOutput = weights.values.length / outputs;
  const places = depthwise ? perOutput : perOutput / weights.shape[1]!;
  const bytes = new Int8Array(weights.values.length);
  const steps = new Float32Array(outputs);
  const biases = new Int32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const first = output * perOutput;
    const some = weights.values.subarray(first, first + perOutput);
    const ofWeights = depthwise ? stepOfDepthwise(some) : stepOf(some, places);
    const step = Math.max(ofWeights, Math.abs(bias[output]!) / scale / mostOfBias);
    const perStep = 1 / step;
    let lost = 0;
    for (let channel = 0, i = 0; i < perOutput; channel++) {
      const mean = expected.means[depthwise ? output : channel]!;
      for (const end = i + places; i < end; i++) {
        // Millions of times: Math.round would take twice as long.
        const byte = Math.floor(some[i]! * perStep + 0.5);
        bytes[first + i] = byte;
        lost += (some[i]! - byte * step) * mean;
      }
    }
    steps[output] = step;
    biases[output] = Math.round((bias[output]! + lost) / (scale * step));
  }
  return { bytes, steps, biases };
}

/**
 * What a step of a byte stands for in the weights of one output, which are added up place by place, channel by channel.
 * Processors without instructions for just this (x86 before VNNI) take two weights at a time, and the sum of their
 * products ends at 32767 without a word: 255 × 128 is the most that goes into it. So where two are large together, the
 * steps are larger, and a network says the same on every machine.
 */
function stepOf(weights: Float32Array, places: number): number {
  let most = Number.MIN_VALUE;
  let first = 0;
  let isFirst = true;
  for (let place = 0; place < places; place++) {
    for (let i = place; i < weights.length; i += places) {
      const weight = weights[i]!;
      if (Math.abs(weight) > most) most = Math.abs(weight);
      if (!isFirst && Math.abs(first + weight) > most) most = Math.abs(first + weight);
      first = weight;
      isFirst = !isFirst;
    }
  }
  return most / mostOfWeight;
}

/** Each product of a depthwise convolution's is added up by itself, on every machine. */
function stepOfDepthwise(weights: Float32Array): number {
  return weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), Number.MIN_VALUE) / mostOfWeight;
}
