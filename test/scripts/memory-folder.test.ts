import assert from 'node:assert/strict';
import { existsSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { memoryFolder } from '../../scripts/test/memory-folder.ts';
import { emptyFolder } from '../support/folder.ts';

test('tests write into memory where there is room for it', async () => {
  const place = await emptyFolder();
  const { bavail, bsize } = statfsSync(place);
  const folder = memoryFolder(place, 1);
  assert.ok(folder !== undefined && existsSync(folder));
  assert.equal(path.dirname(folder), place);
  assert.equal(memoryFolder(place, 2 * bavail * bsize), undefined, 'too little is free');
  assert.equal(memoryFolder(path.join(place, 'nowhere')), undefined, 'there is no such place');
});
