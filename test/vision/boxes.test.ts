import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inside, overlap, readCandidates, withoutDoubtful, withoutOverlaps } from '../../vision/boxes.ts';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

test('an encoding of nothing but zeros is the anchor itself', () => {
  const anchors = Float32Array.of(0.25, 0.5, 0.75, 0.875);
  const [candidate] = readCandidates(anchors, new Float32Array(4), Float32Array.of(0, 1, 0), 400, 0.5);
  assert.deepEqual(candidate, { box: box(200, 100, 150, 200), confidence: 1 });
});

test('centre and size are moved as the encoding says', () => {
  const anchors = Float32Array.of(0, 0, 0.5, 0.5);
  const encoding = Float32Array.of(10, 0, Math.log(2) * 5, 0);
  const [candidate] = readCandidates(anchors, encoding, Float32Array.of(0, 1, 0), 100, 0.5);
  const { left, top, width, height } = candidate!.box;
  assert.deepEqual([left, top, width, height].map(Math.round), [0, 25, 50, 100]);
});

test('what the detector is not sure of is left out', () => {
  const anchors = Float32Array.of(0, 0, 1, 1, 0, 0, 1, 1);
  const scores = Float32Array.of(0, 0.49, 0.9, 0, 0.51, 0);
  const found = readCandidates(anchors, new Float32Array(8), scores, 100, 0.5);
  assert.equal(found.length, 1);
});

test('of boxes on one face the most confident is kept', () => {
  const sure = { box: box(0, 0, 100, 100), confidence: 0.9 };
  const lessSure = { box: box(10, 0, 100, 100), confidence: 0.6 };
  const beside = { box: box(90, 0, 100, 100), confidence: 0.5 };
  assert.deepEqual(withoutOverlaps([lessSure, beside, sure], 0.5), [sure, beside]);
});

test('overlap is intersection over union', () => {
  assert.equal(overlap(box(0, 0, 10, 10), box(0, 0, 10, 10)), 1);
  assert.equal(overlap(box(0, 0, 10, 10), box(5, 0, 10, 10)), 1 / 3);
  assert.equal(overlap(box(0, 0, 10, 10), box(20, 20, 10, 10)), 0);
});

test('a box is cut off at the edges of the picture', () => {
  assert.deepEqual(inside(box(-5, 30, 20, 20), { width: 100, height: 40 }), box(0, 30, 15, 10));
});

const sure = (...confidences: number[]) =>
  confidences.map((confidence) => ({ box: box(0, 0, 9, 9), confidence }));

test('beside a sure face a doubtful box is none; without one it may be the face', () => {
  assert.deepEqual(withoutDoubtful(sure(0.32, 0.82)), sure(0.82));
  assert.deepEqual(withoutDoubtful(sure(1, 0.69)), sure(1, 0.69));
  assert.deepEqual(withoutDoubtful(sure(0.32, 0.45)), sure(0.32, 0.45));
});
