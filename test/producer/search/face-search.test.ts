import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problems } from '../../../producer/door/problems.ts';
import { FaceSearch } from '../../../producer/search/face-search.ts';
import type { Face } from '../../../vision/face.ts';
import { keptLog } from '../../support/log.ts';
import { jpegOf } from '../../support/pictures.ts';

const picture = await jpegOf({ width: 4, height: 4, data: Buffer.alloc(48) });
const frame = { time: 0, picture } as Parameters<FaceSearch['search']>[0];
const face = { box: { left: 1, top: 1, width: 2, height: 2 } } as Face;

test('no more faces are searched in a party than may be, and it is said', async () => {
  let asked = 0;
  const problems = new Problems();
  const search = async () => {
    asked++;
    return [];
  };
  const faceSearch = new FaceSearch({ search, problems, log: keptLog(), now: () => 0, most: 3 });

  while (faceSearch.isReady) await faceSearch.search(frame, face, []);

  assert.equal(asked, 3);
  assert.match(
    problems.worst ?? '',
    /^3 faces were searched in this party \(about \$0\.00 on AWS\), and there it stops\..*SEARCHES_PER_PARTY/,
  );
});
