import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, fitSimilarity, mirror, warp } from '../../vision/align.ts';
import type { Picture, Point } from '../../vision/face.ts';

/** A picture whose red is its column and whose green is its row. */
function ramp(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data[3 * i] = i % width;
    data[3 * i + 1] = Math.floor(i / width);
  }
  return { width, height, data };
}

const pixel = ({ width, data }: Picture, x: number, y: number) => [
  ...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

test('a turned, scaled and shifted shape is found again exactly', () => {
  const from: Point[] = [
    { x: 0, y: 0 },
    { x: 4, y: 1 },
    { x: 2, y: 7 },
  ];
  const to = from.map(({ x, y }) => ({ x: 1.2 * x - 0.5 * y + 10, y: 0.5 * x + 1.2 * y - 3 }));
  const { a, b, right, down } = fitSimilarity(from, to);
  const expected = { a: 1.2, b: 0.5, right: 10, down: -3 };
  for (const [name, value] of Object.entries({ a, b, right, down })) {
    assert.ok(Math.abs(value - expected[name as keyof typeof expected]) < 1e-9, name);
  }
});

test('a square is cut out where it was asked for', () => {
  const square = warp(ramp(60, 40), cut(20, 10, 16, 16), 16);
  assert.deepEqual(pixel(square, 0, 0), [20, 10, 0]);
  assert.deepEqual(pixel(square, 15, 15), [35, 25, 0]);
});

test('what lies outside the picture is black', () => {
  const square = warp(ramp(60, 40), cut(50, 30, 20, 20), 20);
  assert.deepEqual(pixel(square, 5, 5), [55, 35, 0]);
  assert.deepEqual(pixel(square, 19, 19), [0, 0, 0]);
});

test('shrinking takes the mean of what a pixel covers', () => {
  const stripes: Picture = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 3) };
  for (let i = 0; i < 32 * 32; i++) stripes.data.fill(i % 2 ? 200 : 0, 3 * i, 3 * i + 3);
  const small = warp(stripes, cut(0, 0, 32, 8), 8);
  for (const value of pixel(small, 4, 4)) assert.ok(Math.abs(value - 100) <= 5, String(value));
});

test('a mirrored picture has left and right exchanged', () => {
  const mirrored = mirror(ramp(10, 4));
  assert.deepEqual(pixel(mirrored, 0, 3), [9, 3, 0]);
  assert.deepEqual(mirror(mirrored), ramp(10, 4));
});
