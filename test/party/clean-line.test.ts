import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanLine, comparable, firstCharacters } from '../../party/clean-line.ts';

const cases: Array<[what: string, text: string, clean: string]> = [
  ['Hangul filler for a space', 'Anna\u3164Lena', 'Anna Lena'],
  ['nothing but fillers', '\u3164\u115f\u1160\uffa0\u2800', ''],
  ['zero-width spaces', '\u200bAn\u200b\ufeffna\u2060', 'Anna'],
  ['a soft hyphen', 'An\u00adna', 'Anna'],
  ['a turn from right to left', '\u202eannA', 'annA'],
  ['marks and isolates of direction', '\u200eAn\u061cn\u2067a\u2069\u200f', 'Anna'],
  ['tags', 'Anna\u{e0041}\u{e007f}', 'Anna'],
  ['variation selectors at letters', 'A\ufe0fn\ufe01na\u{e0100}', 'Anna'],
  ['an object that is not there', 'Anna\ufffc\ufff9', 'Anna'],
  ['half of a character', 'Anna\ud83d', 'Anna'],
  ['joiners at Latin letters', 'A\u200dn\u200cna', 'Anna'],
  ['lines and tabs', ' Anna\r\n\tLena\u2028Z\u0085 ', 'Anna Lena Z'],
  ['controls', 'A\u0000\u0007nna', 'Anna'],
  ['an accent apart', 'Zoe\u0308', 'Zoë'],
  ['marks alone', '\u0301\u0302', ''],
  ['an emoji that is joined', '👩🏽‍🎤 Zoë', '👩🏽‍🎤 Zoë'],
  ['a family and a heart', '👨‍👩‍👧 ❤️‍🔥', '👨‍👩‍👧 ❤️‍🔥'],
  ['an emoji with a selector of its own', '☃️🐻‍❄️', '☃️🐻‍❄️'],
  ['a key', '1️⃣ Anna', '1️⃣ Anna'],
  ['flags', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇫🇷', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇫🇷'],
  ['a joiner that joins nothing', '🎄\u200d', '🎄'],
  ['Persian, where a letter is kept apart', 'مهدی\u200cزاده', 'مهدی\u200cزاده'],
  ['Hindi, where two are joined', 'क्\u200dष', 'क्\u200dष'],
  ['Japanese and Korean', '山田 太郎 김철수', '山田 太郎 김철수'],
];
for (const [what, text, clean] of cases) test(`${what}`, () => assert.equal(cleanLine(text), clean));

const same: Array<[string, string]> = [
  ['Anna', 'ANNA\u200b'],
  ['Anna Lena', '\u2067anna\u3164 lena\u2069'],
  ['Zoë', 'zoe\u0308'],
  ['Ａｎｎａ', 'anna'],
  ['Weiß', 'WEISS'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ'],
  ['☃️ Olaf', '☃ olaf'],
  ['مهدی\u200cزاده', 'مهدیزاده'],
];
for (const [one, other] of same)
  test(`${one} and ${other} are one name`, () => assert.equal(comparable(one), comparable(other)));

test('names that look different are two', () => {
  const names = ['Anna', 'Anne', 'Zoe', 'Zoë', '🎄', '👩🏽', '👩', 'Anna Lena', 'AnnaLena'];
  assert.equal(new Set(names.map(comparable)).size, names.length);
});

test('what is clean stays as it is, and nothing turns the words round it', () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    const clean = cleanLine(text);
    assert.equal(cleanLine(clean), clean);
    assert.doesNotMatch(clean, /[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u3164\n]/);
    assert.equal(comparable(clean), comparable(text));
  });
  fc.assert(property, { numRuns: 2000 });
});

test('a text is cut between characters as people see them', () => {
  assert.equal(firstCharacters('👩🏽‍🎤👩🏽‍🎤', 5), '👩🏽‍🎤');
  assert.equal(firstCharacters('Anna', 64), 'Anna');
  assert.equal(firstCharacters('Zoe\u0308', 3), 'Zo');
});
