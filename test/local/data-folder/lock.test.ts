import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellWhere } from '../../../local/data-folder/house-file.ts';
import { lockFolder } from '../../../local/data-folder/lock.ts';
import { emptyFolder } from '../../support/folder.ts';

test('a second start on a folder says at which address the first one’s page is', async () => {
  const folder = await emptyFolder();
  const release = await lockFolder(folder);
  await assert.rejects(lockFolder(folder), (error: Error) => {
    assert.doesNotMatch(error.message, /Page/, 'it may not be there yet');
    return /already running on the data folder/.test(error.message);
  });
  const told = await tellWhere(folder, 'http://127.0.0.1:36715');
  await assert.rejects(lockFolder(folder), /^.*\n?.*Page: http:\/\/127\.0\.0\.1:36715\nUse that one/s);
  await told.close();
  await release();
});
