import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { StateFile } from '../../../local/aws/state-file.ts';
import { mirrored } from '../../../local/disk/damage.ts';
import { emptyFolder } from '../../support/folder.ts';

test('the newest state is the one that is kept, however many are saved at once', async () => {
  const folder = await emptyFolder();
  const place = mirrored(folder, 'counter.json');
  let counter = 0;
  const file = new StateFile(place, () => counter, { lost: 'the count' });
  assert.equal(file.read(), undefined);
  const saves = Array.from({ length: 20 }, () => {
    counter += 1;
    return file.save();
  });
  await Promise.all(saves);
  assert.match(readFileSync(place.path, 'utf8'), /^\["[0-9a-f]{8}",20\]\n$/);
  assert.equal(readFileSync(place.mirror, 'utf8'), readFileSync(place.path, 'utf8'));
  assert.equal(new StateFile(place, () => 0, { lost: 'the count' }).read(), 20);
  assert.deepEqual(readdirSync(folder).sort(), ['counter.json', 'mirror']);
});

test('a file that was removed does not come back by a save', async () => {
  const folder = await emptyFolder();
  const file = new StateFile(mirrored(folder, 'gone.json'), () => 1, { lost: 'one' });
  await file.save();
  const last = file.save();
  await file.remove();
  await last;
  await file.save();
  assert.deepEqual(readdirSync(folder), ['mirror']);
  assert.deepEqual(readdirSync(join(folder, 'mirror')), []);
});
