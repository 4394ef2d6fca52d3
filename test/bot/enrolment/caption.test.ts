import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Caption, readCaption } from '../../../bot/enrolment/caption.ts';

const name = (said: string): Caption => ({ kind: 'name', name: said });
const several = (whole: string, ...names: string[]): Caption => ({ kind: 'several', names, whole });
const sentence = (whole?: string): Caption =>
  whole === undefined ? { kind: 'sentence' } : { kind: 'sentence', whole };

const cases: Array<[caption: string | undefined, expected: Caption]> = [
  [undefined, { kind: 'none' }],
  ['Anna', name('Anna')],
  ['  Anna   Lena ', name('Anna Lena')],
  ['Anna!', name('Anna')],
  ['Anna B.', name('Anna B.')],
  ['Sammy Davis, Jr.', name('Sammy Davis, Jr.')],
  ['This is Anna', name('Anna')],
  ['Here’s Uncle Bob', name('Uncle Bob')],
  ['Anna Lena van Dyck', name('Anna Lena van Dyck')],
  ['The', name('The')],
  ['👩🏽‍🎤', name('👩🏽‍🎤')],
  ['نور الهدى', name('نور الهدى')],
  ['Andy', name('Andy')],
  ['/guests', { kind: 'command' }],
  ['/start_party until 01:00', { kind: 'command' }],
  ['Vlad and Jacques', several('Vlad and Jacques', 'Vlad', 'Jacques')],
  ['Vlad & Jacques', several('Vlad & Jacques', 'Vlad', 'Jacques')],
  ['Vlad, Jacques and Anna Lena', several('Vlad, Jacques and Anna Lena', 'Vlad', 'Jacques', 'Anna Lena')],
  ['Vlad und Jacques', several('Vlad und Jacques', 'Vlad', 'Jacques')],
  ['Vlad\nJacques', several('Vlad Jacques', 'Vlad', 'Jacques')],
  ['Who is this?', sentence('Who is this?')],
  ['Anna on the beach', sentence('Anna on the beach')],
  ['my sister', sentence('my sister')],
  ['That was fun.', sentence('That was fun.')],
  ['Look who I met at the lake yesterday', sentence('Look who I met at the lake yesterday')],
  ['thanks', sentence('thanks')],
  ['+49 170 1234567', sentence('+49 170 1234567')],
  ['https://example.com', sentence('https://example.com')],
  [`This is a very long story ${'and so on '.repeat(20)}`, sentence()],
  ['\u3164', { kind: 'no name', reading: { problem: 'blank' } }],
  ['A'.repeat(65), { kind: 'no name', reading: { problem: 'too long', length: 65 } }],
];
for (const [caption, expected] of cases)
  test(`the caption ${JSON.stringify(caption)?.slice(0, 50)} is read as ${expected.kind}`, () =>
    assert.deepEqual(readCaption(caption), expected));
