import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { countInstalled, wantedFolders, whatDiffers } from '../../scripts/lock-files.mjs';
import { emptyFolder } from '../support/folder.ts';

const packages = {
  '': {},
  'node_modules/house': { version: '1.0.0' },
  'node_modules/own': { version: '1.0.0', os: [process.platform], cpu: [process.arch], optional: true },
  'node_modules/plan9': { version: '1.0.0', os: ['plan9'], optional: true },
  'node_modules/elsewhere': { version: '1.0.0', os: [`!${process.platform}`], optional: true },
  'node_modules/tests': { version: '1.0.0', dev: true },
};

/** A project with this lock file, in which these folders are installed. */
async function project(installed: readonly string[]): Promise<string> {
  const root = await emptyFolder();
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
  for (const folder of installed) {
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, 'package.json'), '{}');
  }
  return root;
}

test('what is fetched is what this system needs for what is asked', async () => {
  const root = await project(['node_modules/own']);
  const house = ['node_modules/house', 'node_modules/own'];
  assert.deepEqual(wantedFolders(root, false), house);
  assert.deepEqual(wantedFolders(root, true), [...house, 'node_modules/tests']);
  assert.equal(countInstalled(root, house), 1);
});

test('an install is whole when npm has said so, of the same versions', async () => {
  const root = await project([]);
  assert.equal(whatDiffers(root, false), 'none are installed yet');
  mkdirSync(path.join(root, 'node_modules'));
  const say = (installed: object): void =>
    writeFileSync(
      path.join(root, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: installed }),
    );
  say({ 'node_modules/house': { version: '1.0.0' } });
  assert.equal(whatDiffers(root, false), undefined);
  assert.equal(whatDiffers(root, true), 'tests is not installed');
  say({ 'node_modules/house': { version: '0.9.0' } });
  assert.match(whatDiffers(root, false) ?? '', /house is installed as 0\.9\.0, wanted is 1\.0\.0/);
});

test('a project without its lock file is told of', async () => {
  const root = await emptyFolder();
  assert.equal(wantedFolders(root, false), undefined);
  assert.match(whatDiffers(root, false) ?? '', /package-lock\.json is missing/);
});
