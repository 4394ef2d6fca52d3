import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhotoAdvice } from '../../../party/guests/photo-advice.ts';
import { adviceOnPhotos, knownByPoorPhotosOnly, poorPhotos } from '../../../party/guests/poor-photos.ts';

/** A photo by its advice: `undefined` for one of before that was kept. */
const photo = (advice?: readonly PhotoAdvice[], faceIds: readonly string[] = ['f']) => ({
  faceIds,
  ...(advice && { advice }),
});
const dim = photo(['dim light']);
const shaded = photo(['sunglasses', 'dim light']);
const good = photo();

const cases: ReadonlyArray<[what: string, photos: ReadonlyArray<ReturnType<typeof photo>>, isPoor: boolean]> =
  [
    ['nobody without a photo', [], false],
    ['nobody with a photo of before, of which nothing was kept', [good], false],
    ['nobody with a photo without advice', [photo([])], false],
    ['whose only photo has advice', [dim], true],
    ['whose photos all have', [dim, shaded], true],
    ['nobody with one good photo', [dim, good, shaded], false],
    ['whose good photo shows no face any more', [dim, photo(undefined, [])], true],
    ['nobody whose photos all show none any more', [photo(['covered'], [])], false],
  ];
for (const [what, photos, isPoor] of cases) {
  test(`known by poor photos only: ${what}`, () => {
    assert.equal(knownByPoorPhotosOnly(photos), isPoor);
  });
}

test('what is wrong with them is told once each', () => {
  assert.deepEqual(adviceOnPhotos(poorPhotos([dim, shaded, photo(['covered'], [])])), [
    'dim light',
    'sunglasses',
  ]);
});
