import { meanColour } from './landmarks.ts';
import { add, convolution, filter, normalised, pictures, relu } from './layers.ts';
import { Graph, output, type Value } from './onnx.ts';
import { readWeights, type Weights } from './weights.ts';

/** The network sees an aligned face in a square of this many pixels a side. */
export const descriptorSize = 150;

/** How many numbers describe a face. */
export const descriptorLength = 128;

/** A feature map on its way through the network. */
interface Feature {
  readonly value: Value;
  readonly channels: number;
  /** Pixels a side. */
  readonly size: number;
}

/**
 * dlib's face recognition network (ResNet, 29 convolutions), with the weights as face-api ships them.
 * Output: 128 numbers a face; faces of one person lie close together.
 */
export function buildDescriptor(): Uint8Array {
  const weights = readWeights('face_recognition_model');
  const graph = new Graph();
  const faces = pictures('n', descriptorSize);
  const layer = layersOf(graph, weights);

  const picture = normalised(graph, faces, meanColour, 1 / 255);
  const stem = relu(graph, layer(picture, 'conv32_down', 2, 'valid'));
  const pooled = graph.operator('MaxPool', [stem], { kernel_shape: [3, 3], strides: [2, 2] });

  let feature: Feature = { value: pooled, channels: 32, size: 35 };
  for (const [narrowing, channels, ...blocks] of stages) {
    if (narrowing) feature = narrow(graph, layer, feature, narrowing, channels);
    for (const block of blocks) feature = residual(graph, layer, feature, block);
  }
  const average = graph.operator('ReduceMean', [feature.value], { axes: [2, 3], keepdims: 0 });
  const { shape, values } = weights('fc');
  const descriptor = graph.operator('MatMul', [average, graph.constant(values, shape)]);
  return graph.model([faces], [output(graph, descriptor, ['n', descriptorLength])]);
}

/** Each stage: the block that halves the size, its channels, the blocks that keep the size. */
const stages: ReadonlyArray<readonly [string | undefined, number, ...string[]]> = [
  [undefined, 32, 'conv32_1', 'conv32_2', 'conv32_3'],
  ['conv64_down', 64, 'conv64_1', 'conv64_2', 'conv64_3'],
  ['conv128_down', 128, 'conv128_1', 'conv128_2'],
  ['conv256_down', 256, 'conv256_1', 'conv256_2'],
  ['conv256_down_out', 256],
];

type Layer = (value: Value, name: string, stride: number, padding: 'same' | 'valid') => Value;

/** A convolution with dlib's affine layer folded into it. */
function layersOf(graph: Graph, weights: Weights): Layer {
  return (value, name, stride, padding) => {
    const scale = weights(`${name}/scale/weights`).values;
    const shift = weights(`${name}/scale/biases`).values;
    const bias = weights(`${name}/conv/bias`).values.map((number, i) => number * scale[i]! + shift[i]!);
    const filters = filter(weights(`${name}/conv/filters`), scale);
    return convolution(graph, value, filters, bias, { stride, padding });
  };
}

function residual(graph: Graph, layer: Layer, feature: Feature, name: string): Feature {
  const first = relu(graph, layer(feature.value, `${name}/conv1`, 1, 'same'));
  const second = layer(first, `${name}/conv2`, 1, 'same');
  return { ...feature, value: relu(graph, add(graph, second, feature.value)) };
}

/**
 * Halves the size. The short cut is an average pool; where the two roads differ in size or in channels,
 * the lesser one is filled up with zeros, as dlib does.
 */
function narrow(graph: Graph, layer: Layer, feature: Feature, name: string, channels: number): Feature {
  const first = relu(graph, layer(feature.value, `${name}/conv1`, 2, 'valid'));
  const second = layer(first, `${name}/conv2`, 1, 'same');
  const short = graph.operator('AveragePool', [feature.value], { kernel_shape: [2, 2], strides: [2, 2] });
  const size = Math.floor(feature.size / 2);
  const missing = size - Math.floor((feature.size - 1) / 2);
  const road = zeros(graph, second, 0, missing);
  const shortcut = zeros(graph, short, channels - feature.channels, 0);
  return { value: relu(graph, add(graph, road, shortcut)), channels, size };
}

/** Adds channels of zeros at the end, and pixels of zeros at the right and bottom. */
function zeros(graph: Graph, value: Value, channels: number, pixels: number): Value {
  if (channels === 0 && pixels === 0) return value;
  return graph.operator('Pad', [value, graph.integers([0, 0, 0, 0, 0, channels, pixels, pixels])]);
}
