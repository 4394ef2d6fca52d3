import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { floatType, Graph, input, output } from '../../vision/graphs/onnx.ts';
import { readWeights, WeightsError } from '../../vision/graphs/weights.ts';

test('a graph computes what its operators say', async () => {
  const graph = new Graph();
  const port = { name: 'x', type: floatType, shape: ['n', 2] };
  const sum = graph.operator('Add', [input(port), graph.constant([10, 20])]);
  const swapped = graph.operator('Transpose', [sum], { perm: [1, 0] });
  const flat = graph.operator('Reshape', [swapped, graph.integers([-1])]);
  const session = await InferenceSession.create(graph.model([port], [output(graph, flat, ['m'])]));
  const x = new Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]);
  const results = await session.run({ x });
  assert.deepEqual([...(results[session.outputNames[0]!]!.data as Float32Array)], [11, 13, 22, 24]);
});

test('weights that are not installed are named', () => {
  assert.throws(() => readWeights('no_such_model'), WeightsError);
});

test('a weight that a model does not have is named', () => {
  const weights = readWeights('face_landmark_68_model');
  assert.deepEqual(weights('fc/weights').shape, [256, 136]);
  assert.throws(() => weights('fc/wheels'), /fc\/wheels/);
});
