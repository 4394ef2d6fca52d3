import { add, convolution, depthwiseFilter, filter, normalised, pictures, relu } from './layers.ts';
import { Graph, output, type Value } from './onnx.ts';
import { readWeights, type Weights } from './weights.ts';

/** The network sees a face in a square of this many pixels a side. */
export const landmarksSize = 112;

/** The mean colour that face-api subtracts before its face networks (R, G, B). */
export const meanColour = [122.782, 117.001, 104.298];

/**
 * face-api's 68-point network: four densely connected blocks of separable convolutions. Output: the
 * points' x, y, x, y … in 0…1 of the square.
 */
export function buildLandmarks(): Uint8Array {
  const weights = readWeights('face_landmark_68_model');
  const graph = new Graph();
  const faces = pictures('n', landmarksSize);
  let value = normalised(graph, faces, meanColour, 1 / 255);
  for (const name of ['dense0', 'dense1', 'dense2', 'dense3'])
    value = denseBlock(graph, weights, value, name);
  value = graph.operator('AveragePool', [value], { kernel_shape: [7, 7], strides: [2, 2] });
  value = graph.operator('Flatten', [value]);
  const [factors, bias] = [weights('fc/weights'), weights('fc/bias')];
  const points = graph.operator('Gemm', [
    value,
    graph.constant(factors.values, factors.shape),
    graph.constant(bias.values),
  ]);
  return graph.model([faces], [output(graph, points, ['n', 136])]);
}

/** Each further layer sees, and is added to, the sum of all before it. */
function denseBlock(graph: Graph, weights: Weights, value: Value, name: string): Value {
  let sum = firstLayer(graph, weights, value, `${name}/conv0`);
  for (const layer of ['conv1', 'conv2', 'conv3']) {
    sum = add(graph, sum, separable(graph, weights, relu(graph, sum), `${name}/${layer}`, 1));
  }
  return relu(graph, sum);
}

/** A block's first layer halves the size; in the very first block it is an ordinary convolution. */
function firstLayer(graph: Graph, weights: Weights, value: Value, name: string): Value {
  if (name !== 'dense0/conv0') return relu(graph, separable(graph, weights, value, name, 2));
  const bias = weights(`${name}/bias`).values;
  return relu(graph, convolution(graph, value, filter(weights(`${name}/filters`)), bias, { stride: 2 }));
}

/** A depthwise convolution and a pointwise one. */
function separable(graph: Graph, weights: Weights, value: Value, name: string, stride: number): Value {
  const filters = depthwiseFilter(weights(`${name}/depthwise_filter`));
  const spread = convolution(graph, value, filters, undefined, { stride, depthwise: true });
  const bias = weights(`${name}/bias`).values;
  return convolution(graph, spread, filter(weights(`${name}/pointwise_filter`)), bias);
}
