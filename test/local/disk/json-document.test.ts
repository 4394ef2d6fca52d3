import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { JsonDocument } from '../../../local/disk/json-document.ts';
import { temporaryFolder } from '../aws/serve.ts';

test('the last value set is the one that is kept, however many are set at once', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'counter.json');
  const document = new JsonDocument(path, 0);
  assert.equal(document.value, 0);
  await Promise.all(Array.from({ length: 20 }, (_, i) => document.set(i + 1)));
  assert.equal(document.value, 20);
  assert.equal(readFileSync(path, 'utf8'), '20');
  assert.equal(new JsonDocument(path, 0).value, 20);
  assert.deepEqual(readdirSync(folder), ['counter.json']);
});

test('a file that is not JSON is told of by name', async (t) => {
  const path = join(await temporaryFolder(t), 'torn.json');
  writeFileSync(path, '{"half');
  assert.throws(() => new JsonDocument(path, 0), /torn\.json is not JSON/);
});
