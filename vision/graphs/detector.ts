import { convolved, limited } from './expected.ts';
import { type Bytes, byteConvolution, inFloats, mostOfRelu6, ofRelu6 } from './in-bytes.ts';
import { convolution, depthwiseFilter, filter, pictures } from './layers.ts';
import { Graph, input, output, type Value } from './onnx.ts';
import { readWeights, type Weights } from './weights.ts';

/** The detector sees a square picture of this many pixels a side. */
export const detectorSize = 512;

/**
 * Where the lower part of the square is black it may be left out, which takes as much less time as the rest is smaller.
 * What is left is a multiple of this high: the size of a cell of the last layer, in pixels of the square.
 */
export const detectorStep = 32;

/** The detector and the boxes that its answers are relative to: top, left, bottom, right in 0…1 of the square. */
export interface Detector {
  /** Takes one picture of {@link detectorSize} across, and so high or less. */
  readonly model: Uint8Array;
  /** The anchors of a picture of this height, a multiple of {@link detectorStep}. */
  anchors(height: number): Float32Array;
}

/** The finest cells, in pixels of the square, and the anchors in each. Only of these there are fewer in a lower picture. */
const finest = { cell: 16, anchors: 3 };

/** The batch normalisation's guard against division by zero, as the network was trained with it. */
const epsilon = 0.001;

/**
 * The network sees a picture's bytes, 0 to 255, as -1 to 1: the middle, 127.5, is 0. Here 128 is: half of a grey level,
 * which no face depends on. Photos are a little darker than that middle.
 */
const ofPicture = {
  scale: 1 / 127.5,
  zero: 128,
  expected: { means: Float32Array.of(-0.2, -0.2, -0.2), variances: Float32Array.of(0.25, 0.25, 0.25) },
};

/** MobileNet's depthwise layers (counted from 1) that halve the size. */
const halving = [2, 4, 6, 12];

/**
 * SSD on MobileNet v1, as face-api trained it for faces. Outputs: for every anchor the box's encoding (4 numbers) and the
 * scores of its classes (3, the face's is the second).
 *
 * All but the last step computes with bytes. It takes 15 ms of a processor where floats took 42, and in group photos, of
 * 1115 faces that floats are sure of, all are found: with a confidence that is 0.002 less, and boxes of which 0.97 is
 * the same (intersection over union).
 */
export function buildDetector(): Detector {
  const weights = readWeights('ssd_mobilenetv1_model');
  const anchors = weights('Output/extra_dim').values;
  const graph = new Graph();
  const picture = pictures(1, detectorSize, 'height');
  const planes = graph.operator('Transpose', [input(picture)], { perm: [0, 3, 1, 2] });
  const { eleventh, last } = mobileNet(graph, weights, { value: planes, ...ofPicture });
  const square = { ...last, value: filledUp(graph, last.value) };
  const features = [eleventh, square, ...shrinking(graph, weights, square)].map((map) =>
    inFloats(graph, map),
  );
  const boxes = predictions(graph, weights, features, 'BoxEncodingPredictor', 4);
  const classes = graph.operator('Sigmoid', [predictions(graph, weights, features, 'ClassPredictor', 3)]);
  const model = graph.model(
    [picture],
    [output(graph, boxes, [1, 'anchors', 4]), output(graph, classes, [1, 'anchors', 3])],
  );
  return { model, anchors: (height) => anchorsOf(anchors, height) };
}

/** A whole square's, without those of the finest cells that a lower picture does not have. */
function anchorsOf(all: Float32Array, height: number): Float32Array {
  const numbersOf = (rows: number) =>
    (rows / finest.cell) * (detectorSize / finest.cell) * finest.anchors * 4;
  const [there, whole] = [numbersOf(height), numbersOf(detectorSize)];
  if (there === whole) return all;
  const some = new Float32Array(all.length - whole + there);
  some.set(all.subarray(0, there));
  some.set(all.subarray(whole), there);
  return some;
}

/**
 * The last layer's output for the whole square: what was left out looks like the lowest row, which is black. So the
 * coarser layers, which cost little, see what they would, and their cells lie where they would.
 */
function filledUp(graph: Graph, last: Value): Value {
  const rows = detectorSize / detectorStep;
  const padded = graph.operator('Pad', [last, graph.integers([0, 0, 0, 0, 0, 0, rows, 0])], { mode: 'edge' });
  return graph.operator('Slice', [padded, graph.integers([0]), graph.integers([rows]), graph.integers([2])]);
}

/** The backbone; detection uses the eleventh layer's output (small faces) and the last one's. */
function mobileNet(graph: Graph, weights: Weights, picture: Bytes) {
  let value = pointwise(graph, weights, picture, 'MobilenetV1/Conv2d_0_pointwise', 2);
  let eleventh = value;
  for (let layer = 1; layer <= 13; layer++) {
    const name = `MobilenetV1/Conv2d_${layer}`;
    value = depthwise(graph, weights, value, `${name}_depthwise`, halving.includes(layer) ? 2 : 1);
    value = pointwise(graph, weights, value, `${name}_pointwise`, 1);
    if (layer === 11) eleventh = value;
  }
  return { eleventh, last: value };
}

/** Four ever smaller feature maps, for ever larger faces. */
function shrinking(graph: Graph, weights: Weights, last: Bytes): Bytes[] {
  const features: Bytes[] = [];
  let value = last;
  for (let layer = 0; layer < 8; layer += 2) {
    value = pointwise(graph, weights, value, `Prediction/Conv2d_${layer}_pointwise`, 1);
    value = pointwise(graph, weights, value, `Prediction/Conv2d_${layer + 1}_pointwise`, 2);
    features.push(value);
  }
  return features;
}

/** One kind of prediction from every feature map, in the anchors' order. */
function predictions(
  graph: Graph,
  weights: Weights,
  features: Value[],
  kind: string,
  numbers: number,
): Value {
  const parts = features.map((feature, i) => {
    const name = `Prediction/BoxPredictor_${i}/${kind}`;
    const map = convolution(
      graph,
      feature,
      filter(weights(`${name}/weights`)),
      weights(`${name}/biases`).values,
    );
    const channelsLast = graph.operator('Transpose', [map], { perm: [0, 2, 3, 1] });
    return graph.operator('Reshape', [channelsLast, graph.integers([1, -1, numbers])]);
  });
  return graph.operator('Concat', parts, { axis: 1 });
}

function pointwise(graph: Graph, weights: Weights, from: Bytes, name: string, stride: number): Bytes {
  const bias = weights(`${name}/convolution_bn_offset`).values;
  const filters = filter(weights(`${name}/weights`));
  const value = byteConvolution(graph, from, filters, bias, { stride });
  const { means, deviations } = convolved(filters, bias, from.expected);
  return ofRelu6(value, limited(means, deviations, mostOfRelu6));
}

function depthwise(graph: Graph, weights: Weights, from: Bytes, name: string, stride: number): Bytes {
  const of = (part: string) => weights(`${name}/BatchNorm/${part}`).values;
  const [gamma, beta, mean, variance] = [of('gamma'), of('beta'), of('moving_mean'), of('moving_variance')];
  const scale = gamma.map((factor, i) => factor / Math.sqrt(variance[i]! + epsilon));
  const bias = beta.map((shift, i) => shift - mean[i]! * scale[i]!);
  const filters = depthwiseFilter(weights(`${name}/depthwise_weights`), scale);
  const value = byteConvolution(graph, from, filters, bias, { stride, depthwise: true });
  return ofRelu6(value, limited(beta, gamma, mostOfRelu6));
}
