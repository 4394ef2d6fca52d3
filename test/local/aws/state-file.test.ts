import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { StateFile } from '../../../local/aws/state-file.ts';
import { emptyFolder } from '../../support/folder.ts';

test('the newest state is the one that is kept, however many are saved at once', async () => {
  const folder = await emptyFolder();
  const path = join(folder, 'counter.json');
  let counter = 0;
  const file = new StateFile(path, () => counter);
  assert.equal(file.read(), undefined);
  const saves = Array.from({ length: 20 }, () => {
    counter += 1;
    return file.save();
  });
  await Promise.all(saves);
  assert.equal(readFileSync(path, 'utf8'), '20');
  assert.equal(new StateFile(path, () => 0).read(), 20);
  assert.deepEqual(readdirSync(folder), ['counter.json']);
});

test('a file that was removed does not come back by a save', async () => {
  const folder = await emptyFolder();
  const file = new StateFile(join(folder, 'gone.json'), () => 1);
  await file.save();
  const last = file.save();
  await file.remove();
  await last;
  await file.save();
  assert.deepEqual(readdirSync(folder), []);
});

test('a file that is not JSON is told of by name', async () => {
  const path = join(await emptyFolder(), 'torn.json');
  writeFileSync(path, '{"half');
  assert.throws(() => new StateFile(path, () => 0).read(), /torn\.json is not JSON/);
});
