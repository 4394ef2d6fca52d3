import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Box, Picture } from '../../vision/face.ts';
import { TilePlan, tilesOf } from '../../vision/tile-plan.ts';

const size = { width: 1280, height: 720 };

/** A grey picture with a square of another grey in it. */
function picture(square?: Box & { grey: number }, { width, height } = size): Picture {
  const data = new Uint8Array(width * height * 3).fill(90);
  if (square) {
    for (let y = square.top; y < square.top + square.height; y++) {
      data.fill(square.grey, (y * width + square.left) * 3, (y * width + square.left + square.width) * 3);
    }
  }
  return { width, height, data };
}

const holds = (tile: Box, x: number, y: number) =>
  x >= tile.left && x < tile.left + tile.width && y >= tile.top && y < tile.top + tile.height;

describe('the plan of tiles', () => {
  test('tiles lie in the picture and cover it; a face of a seventh of a tile is whole in one', () => {
    const tiles = tilesOf(size);
    const face = 36;
    for (const { left, top, width, height } of tiles) {
      assert.ok(left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height);
    }
    for (let y = 0; y + face < size.height; y += 10) {
      for (let x = 0; x + face < size.width; x += 10) {
        assert.ok(
          tiles.some((tile) => holds(tile, x, y) && holds(tile, x + face, y + face)),
          `${x}, ${y}`,
        );
      }
    }
  });

  test('while nothing moves, every place has its turn', () => {
    const plan = new TilePlan();
    const count = tilesOf(size).length;
    const looked = Array.from({ length: count }, () => plan.next(picture(), []));
    assert.equal(new Set(looked.map((tile) => `${tile!.left},${tile!.top}`)).size, count);
  });

  test('where something moves is looked at within two pictures, and most of the time', () => {
    const plan = new TilePlan();
    for (let i = 0; i < 20; i++) plan.next(picture(), []);
    const looked = Array.from({ length: 20 }, (_, i) =>
      plan.next(
        picture({ left: 1000 + 4 * i, top: 560, width: 80, height: 100, grey: i % 2 ? 200 : 20 }),
        [],
      ),
    );
    const close = looked.map((tile) => holds(tile!, 1060, 600));
    assert.ok(close.slice(0, 2).includes(true));
    assert.ok(close.filter(Boolean).length >= 10, close.join());
  });

  test('a small face that is followed has every other turn, in the middle of its tile where the picture allows', () => {
    const plan = new TilePlan();
    const face = { left: 640, top: 300, width: 30, height: 36 };
    const looked = Array.from({ length: 6 }, () => plan.next(picture(), [face])!);
    const round = looked.filter(({ left, width }) => Math.abs(left + width / 2 - 655) <= 1);
    assert.equal(round.length, 3);
  });

  test('one that is urgent has three turns of four', () => {
    const plan = new TilePlan();
    const face = { left: 640, top: 300, width: 30, height: 36 };
    const looked = Array.from({ length: 8 }, () => plan.next(picture(), [face], true)!);
    const round = looked.filter(({ left, width }) => Math.abs(left + width / 2 - 655) <= 1);
    assert.equal(round.length, 6);
  });

  test('a small face in a corner is in its tile all the same', () => {
    const plan = new TilePlan();
    const face = { left: 1250, top: 700, width: 30, height: 20 };
    const [, tile] = [plan.next(picture(), [face]), plan.next(picture(), [face])];
    assert.ok(holds(tile!, 1279, 719) && holds(tile!, face.left, face.top));
  });

  test('a picture that the detector sees closely enough, or that leaves no room, has no tile', () => {
    const plan = new TilePlan();
    assert.equal(plan.next(picture(undefined, { width: 640, height: 360 }), []), undefined);
    assert.equal(plan.next(picture(undefined, { width: 720, height: 1280 }), []), undefined);
  });
});
