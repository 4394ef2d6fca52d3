import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readName, shownName } from '../../bot/names.ts';

const cases: Array<[text: string, reading: object]> = [
  ['Anna', { name: 'Anna' }],
  ['  Anna \n  Lena\t', { name: 'Anna Lena' }],
  ['Zoë O’Neil-Łuk', { name: 'Zoë O’Neil-Łuk' }],
  ['Zoe\u0308', { name: 'Zoë' }],
  ['山田 太郎', { name: '山田 太郎' }],
  ['👩🏽‍🎤', { name: '👩🏽‍🎤' }],
  ['نور', { name: 'نور' }],
  ['<b>&amp;</b> *_`', { name: '<b>&amp;</b> *_`' }],
  ['\u202eannA', { name: 'annA' }],
  ['A\u0000\u0007nna', { name: 'Anna' }],
  ['', { problem: 'blank' }],
  [' \n\u00a0', { problem: 'blank' }],
  ['\u200b\u200d\ufe0f\u3164\u2800', { problem: 'blank' }],
  ['a'.repeat(64), { name: 'a'.repeat(64) }],
  ['🎄'.repeat(64), { name: '🎄'.repeat(64) }],
  ['a'.repeat(65), { problem: 'too long', length: 65 }],
];

for (const [text, reading] of cases) {
  test(`the name in ${JSON.stringify(text).slice(0, 40)}`, () => assert.deepEqual(readName(text), reading));
}

test('a name written from right to left is set apart, and others are not', () => {
  assert.equal(shownName('نور'), '\u2068نور\u2069');
  assert.equal(shownName('Anna 🎄'), 'Anna 🎄');
});
