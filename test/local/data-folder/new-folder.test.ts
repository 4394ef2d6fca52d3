import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { newFolder } from '../../../local/data-folder/new-folder.ts';
import { emptyFolder } from '../../support/folder.ts';

const fill = (folder: string): void => {
  mkdirSync(path.join(folder, 's3', 'objects'), { recursive: true });
  writeFileSync(path.join(folder, 's3', 'objects', 'one'), 'x');
};

test('what was made in an empty folder is taken away, and the folder stays', async () => {
  const folder = await emptyFolder();
  const takeAway = newFolder(folder);
  fill(folder);
  takeAway!();
  assert.deepEqual(readdirSync(folder), []);
});

test('a folder that was not there goes with those above it, but for what others have put there', async () => {
  const root = await emptyFolder();
  const folder = path.join(root, 'a', 'b', 'data');
  const takeAway = newFolder(folder);
  fill(folder);
  writeFileSync(path.join(root, 'a', 'of-somebody-else'), 'x');
  takeAway!();
  assert.ok(!existsSync(path.join(root, 'a', 'b')));
  assert.deepEqual(readdirSync(path.join(root, 'a')), ['of-somebody-else']);
});

test('a folder in which something is already is nobody’s to take away', async () => {
  const folder = await emptyFolder();
  fill(folder);
  assert.equal(newFolder(folder), undefined);
});
