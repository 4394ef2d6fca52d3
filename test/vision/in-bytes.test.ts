import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { randomNumbers } from '../../bench/accuracy/random.ts';
import { convolved, type Expected, limited } from '../../vision/graphs/expected.ts';
import { byteConvolution, inFloats, mostOfRelu6, ofRelu6 } from '../../vision/graphs/in-bytes.ts';
import { Graph, input, output, uint8Type } from '../../vision/graphs/onnx.ts';
import { quantized } from '../../vision/graphs/quantized.ts';

const random = randomNumbers(7);

/** About normally distributed: of twelve even numbers the sum. */
const normal = () => Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6);

const numbers = (count: number, scale: number, shift = 0) =>
  Float32Array.from({ length: count }, () => shift + scale * normal());

test('what is left of values between two limits is known', () => {
  const [means, deviations] = [Float32Array.of(1, -0.5, 5.5, 3, 9, 2), Float32Array.of(2, 1, 3, 0.1, 0.5, 0)];
  const left = limited(means, deviations, mostOfRelu6);
  for (const [i, mean] of means.entries()) {
    const values = Array.from({ length: 40_000 }, () =>
      Math.min(mostOfRelu6, Math.max(0, mean + deviations[i]! * normal())),
    );
    const seen = average(values);
    near(left.means[i]!, seen, 0.03);
    near(left.variances[i]!, average(values.map((value) => (value - seen) ** 2)), 0.06);
  }
});

for (const [words, depthwise, shape] of [
  ['a convolution', false, [16, 32, 1, 1]],
  ['one of three by three', false, [16, 32, 3, 3]],
  ['a depthwise one', true, [32, 1, 3, 3]],
] as const) {
  test(`${words} in bytes says what one in floats does`, async () => {
    const weights = { shape, values: numbers(shape[0] * shape[1] * shape[2] * shape[3], 0.1) };
    const bias = numbers(shape[0], 1, 1);
    const { inBytes, inFloat } = await both(weights, bias, depthwise);
    const inside = inFloat.flatMap((value, i) =>
      value > 0 && value < mostOfRelu6 ? [inBytes[i]! - value] : [],
    );
    assert.ok(inside.length > 1000, `${inside.length}`);
    const off = Math.sqrt(average(inside.map((error) => error ** 2)));
    assert.ok(off < 0.03, `${off}`);
    near(average(inside), 0, 0.003);
    for (const [i, value] of inFloat.entries()) near(inBytes[i]!, value, 0.15);
  });
}

test('a channel that says the same everywhere keeps its bias, however large', async () => {
  const weights = { shape: [16, 32, 1, 1], values: new Float32Array(16 * 32) };
  const bias = Float32Array.from({ length: 16 }, (_, i) => (i - 2) / 2);
  const { inBytes, inFloat } = await both(weights, bias, false);
  for (const [i, value] of inFloat.entries()) near(inBytes[i]!, value, 0.013);
});

test('what is expected of an input comes out as in floats, to a step', () => {
  const [outputs, inputs] = [16, 64];
  const weights = { shape: [outputs, inputs, 1, 1], values: numbers(outputs * inputs, 0.1) };
  const bias = numbers(outputs, 1);
  const expected = { ...nothing(inputs), means: numbers(inputs, 0.5, 1) };
  const scale = mostOfRelu6 / 255;
  const { bytes, steps, biases } = quantized(weights, bias, { scale, expected }, false);
  const { means } = convolved(weights, bias, expected);
  for (const [output, step] of steps.entries()) {
    const sum = expected.means.reduce((sum, mean, i) => sum + mean * step * bytes[output * inputs + i]!, 0);
    near(sum + biases[output]! * scale * step, means[output]!, scale * step);
  }
});

test('what a convolution makes of values is known', () => {
  const weights = { shape: [4, 8, 1, 1], values: numbers(32, 1) };
  const [bias, means, deviations] = [numbers(4, 1), numbers(8, 1), numbers(8, 1)];
  const made = convolved(weights, bias, { means, variances: deviations.map((deviation) => deviation ** 2) });
  for (const output of bias.keys()) {
    const values = Array.from({ length: 20_000 }, () =>
      means.reduce(
        (sum, mean, i) => sum + weights.values[output * 8 + i]! * (mean + deviations[i]! * normal()),
        bias[output]!,
      ),
    );
    const seen = average(values);
    near(made.means[output]!, seen, 0.1);
    near(made.deviations[output]!, Math.sqrt(average(values.map((value) => (value - seen) ** 2))), 0.1);
  }
});

test('no two products that are taken at a time are more than 16 bits hold', () => {
  for (const shape of [
    [8, 64, 1, 1],
    [8, 3, 3, 3],
  ] as const) {
    const [outputs, inputs, height, width] = shape;
    const places = height * width;
    const weights = { shape, values: numbers(outputs * inputs * places, 0.05, 0.1) };
    const { bytes } = quantized(
      weights,
      new Float32Array(outputs),
      { scale: 1, expected: nothing(inputs) },
      false,
    );
    assert.ok(Math.max(...bytes) > 60, 'the steps are no larger than they have to be');
    for (let output = 0; output < outputs; output++) {
      const inOrder = Array.from({ length: inputs * places }, (_, n) => {
        const [place, channel] = [Math.floor(n / inputs), n % inputs];
        return bytes[(output * inputs + channel) * places + place]!;
      });
      for (let n = 0; n + 1 < inOrder.length; n += 2) {
        assert.ok(255 * Math.abs(inOrder[n]! + inOrder[n + 1]!) <= 32_767);
      }
    }
  }
});

/** A convolution with ReLU6 of random bytes, 32 channels of 16 by 16: computed in bytes, and in floats. */
async function both(
  weights: { shape: readonly number[]; values: Float32Array },
  bias: Float32Array,
  depthwise: boolean,
) {
  const shape = [1, 32, 16, 16];
  const bytes = Uint8Array.from({ length: 32 * 16 * 16 }, () =>
    Math.min(255, Math.max(0, 40 + 50 * normal())),
  );
  const scale = mostOfRelu6 / 255;
  const mean = average([...bytes]) * scale;
  const expected = { means: new Float32Array(32).fill(mean), variances: new Float32Array(32) };
  const port = { name: 'x', type: uint8Type, shape };
  const graph = new Graph();
  const from = ofRelu6(input(port), expected);
  const inBytes = inFloats(
    graph,
    ofRelu6(byteConvolution(graph, from, weights, bias, { depthwise }), expected),
  );
  const conv = graph.operator(
    'Conv',
    [inFloats(graph, from), graph.constant(weights.values, weights.shape), graph.constant(bias)],
    { auto_pad: 'SAME_UPPER', group: depthwise ? 32 : 1 },
  );
  const limits = [graph.constant([0], []), graph.constant([mostOfRelu6], [])];
  const inFloat = graph.operator('Clip', [conv, ...limits]);
  const outputs = [inBytes, inFloat].map((value) => output(graph, value, [1, bias.length, 16, 16]));
  const session = await InferenceSession.create(graph.model([port], outputs));
  const results = await session.run({ x: new Tensor('uint8', bytes, shape) });
  const [a, b] = session.outputNames.map((name) => Array.from(results[name]!.data as Float32Array));
  return { inBytes: a!, inFloat: b! };
}

const nothing = (channels: number): Expected => ({
  means: new Float32Array(channels),
  variances: new Float32Array(channels),
});

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function near(value: number, wanted: number, most: number): void {
  assert.ok(Math.abs(value - wanted) <= most, `${value} is not ${wanted}`);
}
