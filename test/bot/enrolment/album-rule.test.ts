import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AlbumSoFar, type AlbumStep, albumStep } from '../../../bot/enrolment/album-rule.ts';

const first: AlbumSoFar = {
  isOfSeveral: false,
  isOpen: false,
  isRepeated: false,
  hasOwnName: false,
  names: 0,
  people: 1,
};
const asked = { isOfSeveral: true, isOpen: true, people: 2 };
const named = { isOfSeveral: true, isOpen: false, people: 2 };

const cases: ReadonlyArray<[what: string, album: Partial<AlbumSoFar>, step: AlbumStep]> = [
  ['of one person, without a name', {}, 'take by itself'],
  ['of one person, with a name', { names: 1 }, 'take by itself'],
  ['of one person, once more', { isRepeated: true }, 'take by itself'],
  ['of two, without a name', { people: 2 }, 'ask about all'],
  ['of two, with one name', { people: 2, names: 1, hasOwnName: true }, 'ask about all'],
  ['of two, once more: it was cut short', { people: 2, isRepeated: true }, 'ask about all'],
  ['of two with names of their own', { people: 2, names: 2, hasOwnName: true }, 'take by itself'],
  ['of three, two with names of their own', { people: 3, names: 2 }, 'take by itself'],
  ['asked about, one more', asked, 'add'],
  ['asked about, one more with the first name', { ...asked, names: 1, hasOwnName: true }, 'add'],
  [
    'asked about, one more with a name of its own',
    { ...asked, names: 2, hasOwnName: true },
    'take by itself',
  ],
  ['asked about, one that is there', { ...asked, isRepeated: true }, 'add'],
  ['named, one more', named, 'ask about all'],
  ['named, one that was there', { ...named, isRepeated: true }, 'nothing'],
  ['named, one more with a name of its own', { ...named, names: 2, hasOwnName: true }, 'take by itself'],
];
for (const [what, album, step] of cases) {
  test(`an album ${what}: ${step}`, () => {
    assert.equal(albumStep({ ...first, ...album }), step);
  });
}
