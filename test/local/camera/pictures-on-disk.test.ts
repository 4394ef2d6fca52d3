import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PicturesOnDisk } from '../../../local/camera/pictures-on-disk.ts';
import { emptyFolder } from '../../support/folder.ts';

const start = 1_795_000_000_000;
const minute = 60_000;
const pictureAt = (time: number) => ({ time, width: 4, height: 3, jpeg: Buffer.from('jpeg') });

test('pictures outlive a restart for some minutes, and are removed by the next one after that', async () => {
  const folder = join(await emptyFolder(), 'pictures');
  const first = new PicturesOnDisk(folder, start);
  for (const time of [start, start + 2 * minute]) await first.add(pictureAt(time));

  const soon = new PicturesOnDisk(folder, start + 3 * minute);
  assert.equal((await soon.between(start, start + 2 * minute)).length, 2);
  const later = new PicturesOnDisk(folder, start + 4 * minute);
  assert.deepEqual(
    (await later.between(start, start + 2 * minute)).map(({ time }) => time),
    [start + 2 * minute],
  );
  assert.equal(readdirSync(folder).length, 1);
  assert.ok(new PicturesOnDisk(folder, start + 60 * minute));
  assert.deepEqual(readdirSync(folder), []);
});
