import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AlbumFace, peopleOf, personOf } from '../../../party/guests/album-people.ts';

const box = { left: 0, top: 0, width: 0.1, height: 0.1 };
/** A face as `photo.face`, with those that it was like when it came, and the guest. */
const face = (faceId: string, like: readonly string[] = [], likeId?: string): AlbumFace => {
  const [photoId = ''] = faceId.split('.');
  return { faceId, photoId, key: photoId, messageId: Number(photoId), box, like, ...(likeId && { likeId }) };
};
const people = (...faces: readonly AlbumFace[]): string[] =>
  peopleOf(faces).map((person) => person.map(({ faceId }) => faceId).join(' '));

const cases: ReadonlyArray<[what: string, faces: readonly AlbumFace[], found: string[]]> = [
  ['nobody', [], []],
  ['one', [face('1.a')], ['1.a']],
  ['whoever came later is like the one before', [face('1.a'), face('2.a', ['1.a'])], ['1.a 2.a']],
  ['whoever came before is like the one after', [face('1.a', ['2.a']), face('2.a')], ['1.a 2.a']],
  ['two who are not alike', [face('1.a'), face('2.a', ['9.z'])], ['1.a', '2.a']],
  ['two like one guest, and not each other', [face('1.a', [], 'g'), face('2.a', [], 'g')], ['1.a 2.a']],
  ['two like two guests', [face('1.a', [], 'g'), face('2.a', [], 'h')], ['1.a', '2.a']],
  [
    'a third joins two who are not alike',
    [face('1.a'), face('2.a'), face('3.a', ['1.a', '2.a'])],
    ['1.a 2.a 3.a'],
  ],
  ['two of one photo, however alike', [face('1.a'), face('1.b', ['1.a'])], ['1.a', '1.b']],
  [
    'two of one photo, and a third who is like both',
    [face('1.a'), face('1.b'), face('2.a', ['1.a', '1.b'])],
    ['1.a 2.a', '1.b'],
  ],
];
for (const [what, faces, found] of cases) {
  test(`the people of an album: ${what}`, () => {
    assert.deepEqual(people(...faces), found);
  });
}

/** Faces of some photos, like each other at random. */
const albums = fc
  .array(fc.record({ photo: fc.nat({ max: 5 }), like: fc.array(fc.nat({ max: 9 })) }), { maxLength: 10 })
  .map((faces) => {
    const ids = faces.map(({ photo }, index) => `${photo}.${index}`);
    return faces.map(({ like }, index) =>
      face(
        ids[index]!,
        like.flatMap((other) => ids[other] ?? []),
      ),
    );
  });

test('each face is one person’s, nobody is twice in a photo, and the first face says the place', () => {
  fc.assert(
    fc.property(albums, (faces) => {
      const found = peopleOf(faces);
      assert.deepEqual(new Set(found.flat()), new Set(faces));
      assert.equal(found.flat().length, faces.length);
      for (const person of found)
        assert.equal(new Set(person.map(({ photoId }) => photoId)).size, person.length);
      const places = found.map(([first]) => faces.indexOf(first!));
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
    }),
  );
});

test('of people who are counted already a face is the first that it is like and that its photo does not show', () => {
  const counted = peopleOf([face('1.a'), face('1.b'), face('2.a')]);
  assert.equal(personOf(face('3.a', ['1.b']), counted), 1);
  assert.equal(personOf(face('1.c', ['1.b', '2.a']), counted), 2);
  assert.equal(personOf(face('3.a', ['9.z']), counted), undefined);
});
