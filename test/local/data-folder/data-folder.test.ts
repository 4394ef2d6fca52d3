import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DataFolderError, openDataFolder } from '../../../local/data-folder/data-folder.ts';
import { emptyFolder } from '../../support/folder.ts';
import { openSmallDisk, withoutSmallDisk } from '../../support/small-disk.ts';

/** Fails in one sentence on what is wrong and one on what to do. */
function refused(folder: string, what: RegExp): void {
  assert.throws(
    () => openDataFolder(folder),
    (error) => {
      assert.ok(error instanceof DataFolderError);
      assert.ok(error.message.includes(folder));
      assert.match(error.message, what);
      assert.match(error.message, /npm start -- --data another-folder$/);
      return true;
    },
  );
}

test('a folder is made with all that leads to it, for its owner alone, and nothing is left in it', async () => {
  const folder = path.join(await emptyFolder(), 'a', 'b');
  openDataFolder(folder);
  assert.deepEqual(readdirSync(folder), []);
  if (process.platform !== 'win32') assert.equal(statSync(folder).mode & 0o777, 0o700);
  openDataFolder(folder);
});

test('a file in its place, or on the way to it, is told', async () => {
  const file = path.join(await emptyFolder(), 'file');
  writeFileSync(file, 'mine');
  refused(file, /there is a file in its place\. Move that file away/);
  refused(path.join(file, 'below'), /there is a file in its place/);
  assert.equal(statSync(file).size, 4);
});

test('a folder that others own is told', {
  skip:
    (process.platform === 'win32' || process.getuid?.() === 0) &&
    'needs a user whom a folder can be closed to',
}, async (t) => {
  const folder = await emptyFolder();
  chmodSync(folder, 0o500);
  t.after(() => chmodSync(folder, 0o700));
  refused(folder, /cannot be written\. Give yourself the right to write there/);
  refused(path.join(folder, 'below'), /cannot be written/);
});

test('a disk that takes nothing is told', { skip: withoutSmallDisk }, () => {
  const disk = openSmallDisk(1);
  disk.protect();
  refused(disk.folder, /cannot be written/);
  refused(path.join(disk.folder, 'a', 'b'), /cannot be written/);
});

test(
  'a place where no folder can be is told, and not waited for',
  {
    skip: !existsSync('/proc/self') && 'needs /proc',
  },
  () => refused('/proc/musical-joy', /cannot be written/),
);

test('a full disk is told', { skip: withoutSmallDisk }, async () => {
  const disk = openSmallDisk(4);
  openDataFolder(disk.folder);
  await disk.fill(64 * 1024);
  refused(disk.folder, /is full\. Free some space on it, or start with a folder on another disk/);
  assert.deepEqual(readdirSync(disk.folder), ['ballast']);
});
