import type { Expected } from './expected.ts';
import type { ConvolutionOptions } from './layers.ts';
import type { Graph, Tensor, Value } from './onnx.ts';
import { quantized } from './quantized.ts';

/**
 * Convolutions that compute with whole numbers of a byte, in a third of the time. (Quantization; Krishnamoorthi,
 * "Quantizing deep convolutional networks for efficient inference", 2018.) No pictures are needed to set it up: what the
 * layers' values are like is known from training. See {@link quantized}.
 */

/** A value whose numbers are bytes: what a byte stands for is `scale × (byte − zero)`. */
export interface Bytes {
  readonly value: Value;
  readonly scale: number;
  readonly zero: number;
  /** What is expected of the numbers that the bytes stand for. */
  readonly expected: Expected;
}

/** Where ReLU6 ends: what is more than that becomes 6, as what is less than 0 becomes 0. */
export const mostOfRelu6 = 6;

/** A byte is 0 to 255, and so ReLU6 costs nothing: what would be more or less than that is limited by itself. */
const [outputScale, outputZero] = [mostOfRelu6 / 255, 0];

/** A convolution with a bias, and ReLU6. The weights are in ONNX's order. */
export function byteConvolution(
  graph: Graph,
  input: Bytes,
  weights: Tensor,
  bias: Float32Array,
  { stride = 1, depthwise = false }: Pick<ConvolutionOptions, 'stride' | 'depthwise'> = {},
): Value {
  const { bytes, steps, biases } = quantized(weights, bias, input, depthwise);
  const inputs = [
    ...[input.value, graph.constant([input.scale], []), graph.whole(Uint8Array.of(input.zero), [])],
    ...[graph.whole(bytes, weights.shape), graph.constant(steps), graph.whole(new Int8Array(steps.length))],
    ...[graph.constant([outputScale], []), graph.whole(Uint8Array.of(outputZero), [])],
    graph.whole(biases),
  ];
  return graph.operator('QLinearConv', inputs, {
    kernel_shape: weights.shape.slice(2),
    strides: [stride, stride],
    group: depthwise ? steps.length : 1,
    auto_pad: 'SAME_UPPER',
  });
}

/** The output of {@link byteConvolution}. */
export const ofRelu6 = (value: Value, expected: Expected): Bytes => ({
  value,
  scale: outputScale,
  zero: outputZero,
  expected,
});

/** The numbers that bytes stand for. */
export function inFloats(graph: Graph, { value, scale, zero }: Bytes): Value {
  return graph.operator('DequantizeLinear', [
    value,
    graph.constant([scale], []),
    graph.whole(Uint8Array.of(zero), []),
  ]);
}
