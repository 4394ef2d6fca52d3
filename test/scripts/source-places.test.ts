import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { withSourcePlaces } from '../../scripts/build/source-places.ts';
import { emptyFolder } from '../support/folder.ts';

test('places in a build are those in the sources; all else, and what has no map, stays as it is', async () => {
  const root = await emptyFolder();
  const build = path.join(root, 'build/tests-1');
  await mkdir(build, { recursive: true });
  // The first column of the first line is the third of the second line of `door.ts`.
  const map = { version: 3, sources: ['../../test/door.ts'], names: [], mappings: 'AACE' };
  await writeFile(path.join(build, 'chunk.js.map'), JSON.stringify(map));
  const text = [
    `at open (file://${build}/chunk.js:1:1)`,
    'test at build/tests-1/chunk.js:1:1',
    `at ${build}/none.js:3:4`,
    'at node:internal/process/task_queues:140:7',
  ];
  assert.deepEqual(withSourcePlaces(text.join('\n'), root, build).split('\n'), [
    `at open (${root}/test/door.ts:2:3)`,
    'test at test/door.ts:2:3',
    ...text.slice(2),
  ]);
});
