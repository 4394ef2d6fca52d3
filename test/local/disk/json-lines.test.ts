import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { JsonLines, readJsonLines } from '../../../local/disk/json-lines.ts';
import { emptyFolder } from '../../support/folder.ts';

test('lines are kept as they come, and nothing is read from a file that is not there', async () => {
  const path = join(await emptyFolder(), 'a', 'b.jsonl');
  assert.deepEqual(readJsonLines(path), []);
  const lines = new JsonLines<unknown>(path);
  lines.append({ text: 'two\nlines' });
  lines.append('ü');
  assert.deepEqual(readJsonLines(path), [{ text: 'two\nlines' }, 'ü']);
  assert.equal(lines.bytes, readFileSync(path).length);
  lines.close();
  lines.close();
  assert.throws(() => lines.append('late'), /is closed/);
});

test('a torn last line is cut off when the file is opened, so that the next is whole', async () => {
  const path = join(await emptyFolder(), 'lines.jsonl');
  new JsonLines<number>(path).append(1);
  appendFileSync(path, '{"half');
  assert.deepEqual(readJsonLines(path), [1]);
  const lines = new JsonLines<number>(path);
  lines.append(2);
  lines.close();
  assert.equal(readFileSync(path, 'utf8'), '1\n2\n');
});

test('a file that would grow too large is put aside, once', async () => {
  const path = join(await emptyFolder(), 'lines.jsonl');
  const lines = new JsonLines<string>(path, { maxBytes: 12 });
  for (const text of ['one', 'two', 'three', 'four', 'a line longer than the limit']) lines.append(text);
  lines.close();
  assert.deepEqual(readJsonLines(path), ['a line longer than the limit']);
  assert.deepEqual(readJsonLines(`${path}.old`), ['four']);
});
