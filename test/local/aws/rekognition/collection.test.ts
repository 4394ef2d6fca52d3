import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import {
  Collection,
  type CollectionEngine,
  type IndexedFace,
} from '../../../../local/aws/rekognition/collection.ts';
import type { Description } from '../../../../local/aws/rekognition/face-engine.ts';

describe('the faces of a collection', () => {
  let collection: Collection;
  beforeEach(() => {
    collection = new Collection({ id: 'c', created: 0, faces: [] }, engine);
  });

  /** Faces are numbers: those that lie 20 apart at most are one person's. */
  const alike = (a: Description, b: Description) => 100 - Math.abs(a.descriptor[0]! - b.descriptor[0]!);
  const at = (place: number): Description => ({ descriptor: Float32Array.of(place) });
  const engine: CollectionEngine = {
    similarity: alike,
    pooled: (faces) => at(faces.reduce((sum, { descriptor }) => sum + descriptor[0]!, 0) / faces.length),
  };

  const face = (faceId: string, place: number): IndexedFace => ({
    faceId,
    imageId: faceId,
    externalImageId: undefined,
    box: { Left: 0, Top: 0, Width: 1, Height: 1 },
    confidence: 100,
    imageHash: faceId,
    ...at(place),
  });
  const found = (place: number, threshold: number, limit = 10) =>
    collection
      .search((known) => alike(known, at(place)), threshold, limit)
      .map(({ face: { faceId } }) => faceId);

  test('a search gives the faces at or above the threshold, most similar first', () => {
    for (const [id, place] of [
      ['near', 20],
      ['nearest', 1],
      ['stranger', 42],
    ] as const)
      collection.add(face(id, place));
    assert.deepEqual(found(0, 80), ['nearest', 'near']);
  });

  test('a search gives no more faces than asked for', () => {
    for (const id of ['a', 'b', 'c']) collection.add(face(id, 0));
    assert.equal(found(0, 80, 2).length, 2);
    assert.equal(collection.size, 3);
  });

  test('two photos of one person say more together: who lies between them is nearer than to either', () => {
    collection.add(face('photo', 0));
    const similar = () => {
      const [best] = collection.search((known) => alike(known, at(10)), 0, 1);
      return best!.similarity;
    };
    assert.equal(similar(), 90);
    collection.add(face('other photo', 20));
    assert.equal(similar(), 100);
    collection.delete('other photo');
    assert.equal(similar(), 90);
  });

  test('photos too unlike to be taken for one person are not pooled, and a photo is still found by itself', () => {
    collection.add(face('guest', 0));
    collection.add(face('another', 21));
    assert.deepEqual(found(10, 95), []);
    collection.add(face('of the guest', -18));
    assert.deepEqual(found(0, 100), ['guest']);
  });

  test('two guests who are taken for one cannot be told apart by a look that lies between them', () => {
    collection.add(face('anna', 0));
    collection.add(face('berta', 16));
    const leads = (place: number) => {
      const [first, second] = collection.search((known) => alike(known, at(place)), 0, 2);
      return first!.similarity - second!.similarity;
    };
    assert.equal(leads(5), 0, 'though she is nearer to Anna');
    assert.ok(leads(-3) > 3);
  });

  test('what is compared says how many photos of one person there are, and whether they are pooled', () => {
    for (const [id, place] of [
      ['photo', 0],
      ['another', 10],
      ['somebody else', 90],
    ] as const)
      collection.add(face(id, place));
    const asked = new Set<string>();
    collection.search(
      ({ descriptor: [place] }, { all, pooled }) => {
        asked.add(`${place}: ${pooled} of ${all}`);
        return 0;
      },
      0,
      1,
    );
    assert.deepEqual([...asked].sort(), ['0: 1 of 2', '10: 1 of 2', '5: 2 of 2', '90: 1 of 1']);
  });

  test('a face that was deleted is not found', () => {
    collection.add(face('guest', 0));
    assert.equal(collection.delete('guest'), true);
    assert.equal(collection.delete('guest'), false);
    assert.deepEqual(found(0, 0), []);
  });

  test('a collection is the same after it was kept', () => {
    collection.add({ ...face('guest', 7), atDoor: Float32Array.of(8), fromAfar: Float32Array.of(9) });
    collection.add(face('known for longer', 50));
    const again = new Collection(collection.stored(), engine);
    assert.deepEqual(again.faces(), collection.faces());
    const { faces } = JSON.parse(JSON.stringify(collection.stored()));
    for (const as of ['atDoor', 'fromAfar']) assert.ok(typeof faces[0][as] === 'string' && !(as in faces[1]));
  });
});
