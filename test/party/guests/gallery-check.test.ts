import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { galleryCheck, type KnownGuest } from '../../../party/guests/gallery-check.ts';
import type { Photo } from '../../../party/guests/guests.ts';
import { lookalikesAmong } from '../../../party/guests/lookalikes-among.ts';

/** A guest by their photos: each the faces that it was like when it came. */
const known = (id: string, ...photos: ReadonlyArray<Record<string, number>>): KnownGuest => ({
  guest: { id, name: id.toUpperCase(), addedAt: 0 },
  photos: photos.map(
    (like, index): Photo => ({
      photoId: `${id}${index}`,
      faceIds: [`face-${id}${index}`],
      key: `photos/${id}${index}`,
      like: Object.entries(like).map(([photo, similarity]) => ({ faceId: `face-${photo}`, similarity })),
    }),
  ),
});

const found = (...all: readonly KnownGuest[]) =>
  galleryCheck(all).map(({ guests, similarity, blame }) => [
    guests.map(({ id }) => id).join(),
    similarity,
    blame?.photoId,
  ]);

test('guests whose photos are alike are found, whichever came first, and their own photos are no matter', () => {
  assert.deepEqual(found(known('a', {}, { a0: 99 }), known('b', {})), []);
  assert.deepEqual(found(known('a', {}), known('b', { a0: 91 })), [['a,b', 91, undefined]]);
  assert.deepEqual(found(known('a', { b0: 93 }), known('b', {})), [['a,b', 93, undefined]]);
});

test('a likeness that is less than one person’s is no confusion, but the two look like each other', () => {
  const all = [known('a', {}), known('b', { a0: 79.9 }), known('c', { a0: 69.9, b0: 70 })];
  assert.deepEqual(found(...all), []);
  assert.deepEqual(Object.fromEntries(lookalikesAmong(all)), { a: ['b'], b: ['a', 'c'], c: ['b'] });
  // Photos of one guest are like each other, and that is no matter.
  assert.deepEqual(Object.fromEntries(lookalikesAmong([known('a', {}, { a0: 99 })])), { a: [] });
});

test('the most alike come first', () => {
  const all = [known('a', {}), known('b', { a0: 85 }), known('c', { a0: 97, b0: 81 })];
  assert.deepEqual(
    found(...all).map(([pair]) => pair),
    ['a,c', 'a,b', 'b,c'],
  );
});

test('one photo is to blame when all hangs on it and its guest has others', () => {
  // Of Berta, sent under Anna's name.
  assert.deepEqual(found(known('a', {}, { b0: 99, b1: 98 }), known('b', {}, { b0: 99 })), [
    ['a,b', 99, 'a1'],
  ]);
  // Twins: each photo is like each.
  const twins = [known('a', {}, { a0: 99 }), known('b', { a0: 95, a1: 94 }, { a0: 93, a1: 92, b0: 99 })];
  assert.deepEqual(found(...twins), [['a,b', 95, undefined]]);
  // The only photo of a guest is never dropped for it.
  assert.deepEqual(found(known('a', {}), known('b', { a0: 90 })), [['a,b', 90, undefined]]);
});

test('without the photo to blame the two are told apart', () => {
  const likeness = fc.dictionary(
    fc.constantFrom('a0', 'a1', 'a2', 'b0', 'b1', 'b2'),
    fc.integer({ min: 80, max: 100 }),
  );
  fc.assert(
    fc.property(fc.array(likeness, { maxLength: 3 }), fc.array(likeness, { maxLength: 3 }), (a, b) => {
      const both = [known('a', ...a), known('b', ...b)];
      for (const { blame } of galleryCheck(both)) {
        if (!blame) continue;
        const without = both.map(({ guest, photos }) => ({
          guest,
          photos: photos.filter(({ photoId }) => photoId !== blame.photoId),
        }));
        assert.deepEqual(galleryCheck(without), []);
        assert.ok(without.every(({ photos }) => photos.length > 0));
      }
    }),
  );
});
