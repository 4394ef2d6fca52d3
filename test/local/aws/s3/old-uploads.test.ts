import assert from 'node:assert/strict';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ObjectStore } from '../../../../local/aws/s3/object-store.ts';
import { emptyFolder } from '../../../support/folder.ts';

test('an upload that was never completed is aborted after a day, at a start', async () => {
  const folder = await emptyFolder();
  const { uploads } = await (await ObjectStore.open(folder)).ensureBucket('party');
  const begin = (id: string, hoursAgo: number) => {
    const place = join(uploads, id);
    mkdirSync(place);
    const file = join(place, 'upload.json');
    writeFileSync(file, JSON.stringify({ key: 'video', headers: {} }));
    writeFileSync(join(place, 'part-1'), 'bytes');
    const then = new Date(Date.now() - hoursAgo * 60 * 60 * 1000);
    utimesSync(file, then, then);
    return place;
  };
  const old = begin('0f8fad5b-d9cb-469f-a165-70867728950e', 25);
  const young = begin('1f8fad5b-d9cb-469f-a165-70867728950e', 23);
  await ObjectStore.open(folder);
  assert.deepEqual([old, young].map(existsSync), [false, true]);
});
