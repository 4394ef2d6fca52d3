import assert from 'node:assert/strict';
import { test } from 'node:test';
import { second } from '../../../party/clock.ts';
import { type LookPace, lookPace, looksToKeep, paceAt } from '../../../party/parties/look-pace.ts';

const now = 1_795_000_000_000;

/** Looks so far apart over so long, until now; milliseconds. */
const looks = (pause: number, span: number): number[] =>
  Array.from({ length: Math.floor(span / pause) + 1 }, (_, index) => now - index * pause);

const table: Array<[what: string, number[], before: LookPace, LookPace | undefined]> = [
  ['no look', [], 'enough', undefined],
  ['one', [now], 'enough', undefined],
  ['five a second, for ten seconds', looks(200, 10 * second), 'enough', undefined],
  ['five a second', looks(200, 20 * second), 'enough', 'enough'],
  ['one a second', looks(second, 20 * second), 'enough', 'enough'],
  ['two in three seconds', looks(1.5 * second, 21 * second), 'enough', 'enough'],
  ['a little less', looks(1.51 * second, 21 * second), 'enough', 'too slow'],
  ['one every four seconds', looks(4 * second, 20 * second), 'enough', 'too slow'],
  ['one every four seconds, out of order', looks(4 * second, 20 * second).reverse(), 'enough', 'too slow'],
  ['one every nine seconds', looks(9 * second, 27 * second), 'enough', 'too slow'],
  ['one every eleven seconds: nobody watches', looks(11 * second, 33 * second), 'enough', undefined],
  [
    'five a second, each told twice',
    [...looks(200, 20 * second), ...looks(200, 20 * second)],
    'enough',
    'enough',
  ],
  [
    'one every four seconds, each told five times',
    Array(5)
      .fill(looks(4 * second, 20 * second))
      .flat(),
    'enough',
    'too slow',
  ],
  [
    'one hiccup of three seconds',
    [...looks(200, 4 * second), ...looks(200, 20 * second).filter((at) => at < now - 7 * second)],
    'enough',
    'enough',
  ],
  ['two in three seconds, when it was too slow', looks(1.5 * second, 21 * second), 'too slow', 'too slow'],
  ['one a second, when it was too slow', looks(second, 20 * second), 'too slow', 'enough'],
];
for (const [what, moments, before, expected] of table)
  test(`the door is looked at: ${what}: ${expected ?? 'nothing is said'}`, () => {
    assert.equal(lookPace(moments, before), expected);
    assert.equal(lookPace(looksToKeep(moments), before), expected, 'by what is kept');
  });

test('a rate that was measured elsewhere goes by the same lines', () => {
  assert.equal(paceAt(0.67, 'enough'), 'enough');
  assert.equal(paceAt(0.66, 'enough'), 'too slow');
  assert.equal(paceAt(0.99, 'too slow'), 'too slow');
  assert.equal(paceAt(1, 'too slow'), 'enough');
});
