import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { framed } from '../../../../lambdas/door-screen/browser/framed-face.ts';

describe('a picture behind a square frame', () => {
  test('has the face in the middle, and as large as fits', () => {
    const placed = framed({ width: 1000, height: 1000 }, { left: 0.45, top: 0.4, width: 0.1, height: 0.2 });
    // The face is 55 % of the frame, so all of the picture 275 %.
    assert.deepEqual(
      Object.values(placed).map((value) => Math.round(value * 10) / 10),
      [275, -87.5, -87.5],
    );
  });

  test('of which no face is known is shown as it is, cut to a square', () => {
    assert.deepEqual(framed({ width: 200, height: 100 }), { width: 200, left: -50, top: 0 });
  });

  test('covers the frame, whatever its size and wherever the face is', () => {
    const side = fc.integer({ min: 10, max: 8000 });
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, part, part, part, part, (width, height, left, top, faceWidth, faceHeight) => {
        const face = { left, top, width: faceWidth, height: Math.max(faceHeight, 0.01) };
        const placed = framed({ width, height }, face);
        const shownHeight = (placed.width * height) / width;
        const near = 1e-6;
        assert.ok(placed.left <= near && placed.top <= near);
        assert.ok(placed.left + placed.width >= 100 - near && placed.top + shownHeight >= 100 - near);
      }),
    );
  });
});
