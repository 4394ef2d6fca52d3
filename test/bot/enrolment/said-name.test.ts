import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameSaid } from '../../../bot/enrolment/caption.ts';

const cases: Array<[text: string, name: string | undefined]> = [
  ['Anna', 'Anna'],
  [' anna\u200b  Lena ', 'anna Lena'],
  ['Anna Lena van Dyck', 'Anna Lena van Dyck'],
  ['Zoë O’Neil-Łuk Jr.', 'Zoë O’Neil-Łuk Jr.'],
  ['👩🏽‍🎤', '👩🏽‍🎤'],
  ['نور الهدى', 'نور الهدى'],
  ['Nora', 'Nora'],
  ['Thanks', undefined],
  ['hi, bot', undefined],
  ['OK …', undefined],
  ['Who is next?', undefined],
  ['This is Anna, you see', undefined],
  ['Anna\nBerta', undefined],
  ['+49 170 1234567', undefined],
  ['https://example.com', undefined],
  ['\u3164', undefined],
  ['A'.repeat(65), undefined],
];
for (const [text, name] of cases)
  test(`${JSON.stringify(text).slice(0, 40)} says ${name}`, () => assert.equal(nameSaid(text), name));
