import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CollectionEngine } from '../../../../local/aws/rekognition/collection.ts';
import { Collections } from '../../../../local/aws/rekognition/collections.ts';
import { emptyFolder } from '../../../support/folder.ts';

const engine = (name?: string): CollectionEngine => ({
  similarity: () => 0,
  pooled: ([first]) => first!,
  ...(name !== undefined && { name }),
});
const face = (faceId: string) => ({
  ...{ faceId, imageId: faceId, externalImageId: undefined, imageHash: faceId, confidence: 99 },
  box: { Width: 1, Height: 1, Left: 0, Top: 0 },
  descriptor: new Float32Array([1, 2, 3]),
});

test('faces of another engine are left out, which is said, and are there again with theirs', async () => {
  const folder = await emptyFolder();
  const said: string[] = [];
  const open = (name?: string) => {
    const collections = new Collections(folder, engine(name), { onDamage: (message) => said.push(message) });
    return {
      collections,
      faces: () =>
        collections
          .get('guests')
          .faces()
          .map(({ faceId }) => faceId),
    };
  };
  const first = open();
  await first.collections.create('guests');
  await first.collections.add('guests', [face('a'), face('b')]);
  assert.deepEqual(open().faces(), ['a', 'b']);
  assert.deepEqual(said, []);

  assert.deepEqual(open('two').faces(), []);
  assert.match(said.join(), /^2 known faces were described by another engine, and cannot be compared:/);
  assert.deepEqual(open().faces(), ['a', 'b'], 'nothing was written');
  assert.equal(said.length, 1);

  const other = open('two');
  await other.collections.add('guests', [face('c')]);
  assert.deepEqual(open('two').faces(), ['c']);
  assert.deepEqual(open('three').faces(), []);
  assert.deepEqual(open().faces(), [], 'what was found again is the other engine’s');
});
