import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PixelBox } from '../../../lambdas/drawing/place.ts';
import { recapLayout } from '../../../lambdas/drawing/recap-layout.ts';

const isApart = (one: PixelBox, other: PixelBox): boolean =>
  one.left + one.width <= other.left ||
  other.left + other.width <= one.left ||
  one.top + one.height <= other.top ||
  other.top + other.height <= one.top;

for (const [guests, leastFace] of [
  [1, 480],
  [2, 480],
  [12, 200],
  [60, 96],
  [61, 96],
] as const) {
  test(`${guests} faces have ${leastFace} pixels or more, in a picture that Telegram does not shrink`, () => {
    const { width, height, tiles } = recapLayout(guests);
    assert.equal(tiles.length, guests);
    assert.ok(width <= 1280 && height <= 1280, `${width} × ${height}`);
    for (const { face } of tiles) assert.ok(face.width >= leastFace && face.width === face.height);
  });
}

test('of very many, the picture is longer and each is still to be known', () => {
  const { width, height, tiles } = recapLayout(200);
  assert.equal(width, 1280);
  assert.ok(height > 1280);
  for (const { face } of tiles) assert.equal(face.width, 96);
});

test('whatever their number, nobody’s face, name or time lies over another’s, nor beyond the edge', () => {
  for (const guests of [1, 2, 3, 5, 7, 12, 13, 24, 37, 59, 60, 61, 90, 200]) {
    const { width, height, name, when, line, tiles } = recapLayout(guests);
    const boxes: PixelBox[] = [
      name,
      when,
      line,
      ...tiles.flatMap((tile) => [tile.face, tile.time, tile.name]),
    ];
    for (const [index, box] of boxes.entries()) {
      assert.ok(box.left >= 0 && box.top >= 0, `${guests}: ${JSON.stringify(box)}`);
      assert.ok(box.left + box.width <= width && box.top + box.height <= height, `${guests}`);
      for (const other of boxes.slice(0, index))
        assert.ok(isApart(box, other), `${guests}: ${JSON.stringify([box, other])}`);
    }
  }
});
