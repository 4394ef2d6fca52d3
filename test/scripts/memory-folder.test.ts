import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { keepTsxCache, memoryFolder } from '../../scripts/test/memory-folder.ts';
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

test('what tsx has made of sources is kept from run to run', async () => {
  const [first, second, kept] = [
    await emptyFolder(),
    await emptyFolder(),
    path.join(await emptyFolder(), 'tsx'),
  ];
  const file = path.join(await emptyFolder(), 'sum.ts');
  await writeFile(file, 'const sum: number = 1 + 1; console.log(sum);');
  for (const TMPDIR of [first, second]) {
    keepTsxCache(TMPDIR, kept);
    const args = ['--import', import.meta.resolve('tsx'), file];
    const { stdout } = spawnSync(process.execPath, args, {
      env: { ...process.env, TMPDIR },
      encoding: 'utf8',
    });
    assert.equal(stdout, '2\n');
    assert.equal((await readdir(kept)).length, 1);
  }
});
