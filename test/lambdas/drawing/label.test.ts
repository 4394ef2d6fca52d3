import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readCoverage } from '../../../lambdas/drawing/coverage.ts';
import { fontFile } from '../../../lambdas/drawing/font.ts';
import { labelOf } from '../../../lambdas/drawing/label.ts';

const written: Array<[name: string, label: string | undefined]> = [
  ['Anna', 'Anna'],
  ['Zoë Müller-Łukasz', 'Zoë Müller-Łukasz'],
  ['O’Brien & <Sons>', 'O’Brien & <Sons>'],
  ['Zoë', 'Zoë'],
  ['Ольга', 'Ольга'],
  ['Ελένη', 'Ελένη'],
  ['נועה', 'נועה'],
  ['نور الهدى', 'نور الهدى'],
  ['Anna 🎄', 'Anna'],
  ['🎄 Anna 👩‍👩‍👧 Bell', 'Anna Bell'],
  ['Bob 🇩🇪', 'Bob'],
  ['山田太郎', undefined],
  ['Anna 山田', undefined],
  ['สมชาย', undefined],
  ['🎄', undefined],
  ['\u200d\u2068', undefined],
];
for (const [name, label] of written) {
  test(`of “${name}” ${label === undefined ? 'nothing' : `“${label}”`} is written`, () => {
    assert.equal(labelOf(name), label);
  });
}

test('a name that is too long is cut between characters', () => {
  assert.equal(labelOf('é'.repeat(100)), `${'é'.repeat(40)}…`);
});

test('what the font has is read from the font', () => {
  const has = readCoverage(readFileSync(fontFile));
  for (const char of 'aßЯαعא') assert.ok(has(char.codePointAt(0)!), char);
  for (const char of '山สक🎄') assert.ok(!has(char.codePointAt(0)!), char);
  assert.throws(() => readCoverage(Buffer.alloc(64)), /no table cmap/);
});
