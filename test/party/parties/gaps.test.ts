import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Gap, gapsBetween } from '../../../party/parties/gaps.ts';

const cases: Array<[what: string, moments: number[], gaps: Gap[]]> = [
  ['no moment', [], []],
  ['one moment', [5_000], []],
  ['moments close together', [0, 9_000, 18_000], []],
  ['a pause of ten seconds', [0, 10_000], []],
  ['a longer one', [0, 10_001], [{ from: 0, to: 10_001 }]],
  [
    'moments in any order, some twice',
    [40_000, 0, 20_000, 21_000, 20_000],
    [
      { from: 0, to: 20_000 },
      { from: 21_000, to: 40_000 },
    ],
  ],
];
for (const [what, moments, gaps] of cases) {
  test(`of ${what} the gaps are ${JSON.stringify(gaps)}`, () => assert.deepEqual(gapsBetween(moments), gaps));
}
