import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberedNames } from '../../../bot/group-photo/numbered-names.ts';

const cases: Array<[text: string, expected: Array<[number: number, name: string]>]> = [
  ['2 Anna', [[2, 'Anna']]],
  ['2: Anna', [[2, 'Anna']]],
  ['#2 Anna Lena', [[2, 'Anna Lena']]],
  [
    '1 Anna, 3 Ben',
    [
      [1, 'Anna'],
      [3, 'Ben'],
    ],
  ],
  [
    '1. Anna\n2. Ben',
    [
      [1, 'Anna'],
      [2, 'Ben'],
    ],
  ],
  ['Anna', []],
  ['2', []],
  ['2 of them are from my old school', []],
  ['1 Anna, and Ben', []],
];
for (const [text, expected] of cases)
  test(`${JSON.stringify(text)} names ${expected.length} people by number`, () =>
    assert.deepEqual(
      numberedNames(text).map(({ number, name }) => [number, name]),
      expected,
    ));
