import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Box } from '../../vision/face.ts';
import { TilePlan, tilesOf } from '../../vision/tile-plan.ts';

const size = { width: 1280, height: 720 };

/** What is seen at a glance of a grey picture with a square of another grey in it: an eighth of it each way. */
function seen(square?: Box & { grey: number }): Uint8Array {
  const [columns, rows] = [size.width / 8, size.height / 8];
  const grey = new Uint8Array(columns * rows).fill(90);
  if (square) {
    const [left, right] = [square.left, square.left + square.width].map((x) => Math.round(x / 8));
    const [top, bottom] = [square.top, square.top + square.height].map((y) => Math.round(y / 8));
    for (let row = top!; row < bottom!; row++)
      grey.fill(square.grey, row * columns + left!, row * columns + right!);
  }
  return grey;
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
    const looked = Array.from({ length: count }, () => plan.next(size, seen(), []));
    assert.equal(new Set(looked.map((tile) => `${tile!.left},${tile!.top}`)).size, count);
  });

  test('where something moves is looked at within two pictures, and most of the time', () => {
    const plan = new TilePlan();
    for (let i = 0; i < 20; i++) plan.next(size, seen(), []);
    const looked = Array.from({ length: 20 }, (_, i) =>
      plan.next(
        size,
        seen({ left: 1000 + 4 * i, top: 560, width: 80, height: 100, grey: i % 2 ? 200 : 20 }),
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
    const looked = Array.from({ length: 6 }, () => plan.next(size, seen(), [face])!);
    const round = looked.filter(({ left, width }) => Math.abs(left + width / 2 - 655) <= 1);
    assert.equal(round.length, 3);
  });

  test('one that is urgent has three turns of four', () => {
    const plan = new TilePlan();
    const face = { left: 640, top: 300, width: 30, height: 36 };
    const looked = Array.from({ length: 8 }, () => plan.next(size, seen(), [face], true)!);
    const round = looked.filter(({ left, width }) => Math.abs(left + width / 2 - 655) <= 1);
    assert.equal(round.length, 6);
  });

  test('a small face in a corner is in its tile all the same', () => {
    const plan = new TilePlan();
    const face = { left: 1250, top: 700, width: 30, height: 20 };
    const [, tile] = [plan.next(size, seen(), [face]), plan.next(size, seen(), [face])];
    assert.ok(holds(tile!, 1279, 719) && holds(tile!, face.left, face.top));
  });

  test('a picture that the detector sees closely enough, or that leaves no room, has no tile', () => {
    const plan = new TilePlan();
    assert.equal(plan.next({ width: 640, height: 360 }, seen(), []), undefined);
    assert.equal(plan.next({ width: 720, height: 1280 }, seen(), []), undefined);
  });
});
