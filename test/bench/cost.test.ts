import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyCost } from '../../bench/cost.ts';

test('a party of five hours and forty guests costs under half a dollar, and its parts add up', () => {
  const figures = partyCost({ hours: 5, guests: 40, callsPerGuest: 2, returns: 1, strangers: 20 });
  const total = figures.at(-1)!.value;
  const parts = figures.slice(0, -1).reduce((sum, { value }) => sum + value, 0);
  assert.ok(Math.abs(total - parts) < 1e-9);
  assert.ok(total > 0.1 && total < 0.5, `${total} $`);
});
