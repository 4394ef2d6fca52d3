import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetainedPictures } from '../../../local/camera/retained.ts';

const picture = (time: number, bytes = 10) => ({ time, width: 4, height: 3, jpeg: Buffer.alloc(bytes) });
const times = (pictures: readonly { time: number }[]) => pictures.map(({ time }) => time);

test('pictures are found by their time and by a span, both ends included', () => {
  const pictures = new RetainedPictures({ milliseconds: 1000, bytes: 1000 });
  for (const time of [100, 200, 300]) pictures.add(picture(time));
  assert.equal(pictures.at(200)?.time, 200);
  assert.equal(pictures.at(201), undefined);
  assert.deepEqual(times(pictures.between(200, 300)), [200, 300]);
  assert.equal(pictures.newest?.time, 300);
});

test('pictures older than the span are let go', () => {
  const pictures = new RetainedPictures({ milliseconds: 1000, bytes: 1000 });
  for (const time of [0, 500, 1000, 1501]) pictures.add(picture(time));
  assert.deepEqual(times(pictures.between(0, 9999)), [1000, 1501]);
});

test('pictures beyond the memory are let go, oldest first, and the newest is always kept', () => {
  const pictures = new RetainedPictures({ milliseconds: 1000, bytes: 100 });
  for (const time of [1, 2, 3, 4]) pictures.add(picture(time, 40));
  assert.deepEqual(times(pictures.between(0, 9)), [3, 4]);
  pictures.add(picture(5, 500));
  assert.deepEqual(times(pictures.between(0, 9)), [5]);
  pictures.add(picture(6, 40));
  assert.deepEqual(times(pictures.between(0, 9)), [6]);
});
