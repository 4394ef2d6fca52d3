import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest } from '../../../party/guests/guests.ts';
import { type Namesake, whosePhoto } from '../../../party/guests/whose-photo.ts';

const guest = (id: string, name: string): Guest => ({ id, name, addedAt: 0 });
const anna = guest('a', 'Anna');
const otherAnna = guest('a2', 'Anna');
const berta = guest('b', 'Berta');

const cases: Array<{ when: string; namesakes: Namesake[]; alike: Guest[]; expected: object }> = [
  { when: 'nobody has the name or the face', namesakes: [], alike: [], expected: { whose: 'newcomer' } },
  {
    when: 'the guest of the name has the face',
    namesakes: [{ guest: anna, photos: 1 }],
    alike: [anna, berta],
    expected: { whose: 'guest', guest: anna },
  },
  {
    when: 'of two guests of the name one has the face',
    namesakes: [
      { guest: anna, photos: 1 },
      { guest: otherAnna, photos: 1 },
    ],
    alike: [otherAnna],
    expected: { whose: 'guest', guest: otherAnna },
  },
  {
    when: 'the guest of the name has no photo yet',
    namesakes: [{ guest: anna, photos: 0 }],
    alike: [],
    expected: { whose: 'guest', guest: anna },
  },
  {
    when: 'the face is another guest’s',
    namesakes: [],
    alike: [berta],
    expected: { whose: 'asked', why: 'looks like another', same: berta },
  },
  {
    when: 'the face is more another guest’s than the namesake’s',
    namesakes: [{ guest: anna, photos: 1 }],
    alike: [berta, anna],
    expected: { whose: 'asked', why: 'looks like another', same: berta, other: anna },
  },
  {
    when: 'the guest of the name has another face',
    namesakes: [{ guest: anna, photos: 2 }],
    alike: [],
    expected: { whose: 'asked', why: 'looks different', same: anna },
  },
];

for (const { when, namesakes, alike, expected } of cases) {
  test(`whose a photo is when ${when}`, () => assert.deepEqual(whosePhoto(namesakes, alike), expected));
}
