import assert from 'node:assert/strict';
import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Journal, JournalError } from '../../../../local/telegram/state/journal.ts';
import { emptyFolder } from '../../../support/folder.ts';

test('rows and counters are there when the journal is opened again', async () => {
  const file = join(await emptyFolder(), 'below', 'journal.jsonl');
  const first = new Journal(file);
  const chats = first.table<{ title: string }>('chats');
  assert.deepEqual([first.take('update', 700), first.take('update', 700)], [700, 701]);
  first.commit([chats.put('1', { title: 'one' }), chats.put('2', { title: 'two' })]);
  first.commit([chats.remove('1'), chats.put('3', { title: 'drei' })]);
  first.close();

  const again = new Journal(file);

  assert.deepEqual(
    [...again.table('chats').rows],
    [
      ['2', { title: 'two' }],
      ['3', { title: 'drei' }],
    ],
  );
  assert.equal(again.take('update', 700), 702);
  again.close();
});

test('a line that was cut short is dropped, whole, and the next commit starts a line of its own', async () => {
  const file = join(await emptyFolder(), 'journal.jsonl');
  const first = new Journal(file);
  const table = first.table<number>('numbers');
  first.commit([table.put('one', 1)]);
  first.commit([table.put('two', 2), table.put('three', 3)]);
  first.close();
  await truncate(file, (await readFile(file)).length - 5);

  const second = new Journal(file);
  assert.deepEqual([...second.table('numbers').rows], [['one', 1]]);
  second.commit([second.table<number>('numbers').put('four', 4)]);
  second.close();

  const third = new Journal(file);
  assert.deepEqual(
    [...third.table('numbers').rows],
    [
      ['one', 1],
      ['four', 4],
    ],
  );
  third.close();
});

test('a journal damaged in the middle is refused, by its line', async () => {
  const file = join(await emptyFolder(), 'journal.jsonl');
  await writeFile(file, '[["numbers","one",1]]\n[["numb\n');
  await appendFile(file, '[["numbers","two",2]]\n');

  assert.throws(
    () => new Journal(file),
    (error) => error instanceof JournalError && /line 2/.test(error.message),
  );
});

test('a journal of many stale lines is written anew when it is opened', async () => {
  const file = join(await emptyFolder(), 'journal.jsonl');
  const first = new Journal(file);
  const table = first.table<number>('numbers');
  for (let value = 0; value < 2100; value++) first.commit([table.put('same', value)]);
  first.close();

  const second = new Journal(file);
  second.commit([second.table<number>('numbers').put('next', 1)]);
  second.close();

  assert.equal((await readFile(file, 'utf8')).trim().split('\n').length, 2);
  const third = new Journal(file);
  assert.deepEqual(
    [...third.table('numbers').rows],
    [
      ['same', 2099],
      ['next', 1],
    ],
  );
  third.close();
});

test('who watches a table hears of each row after it is there', async () => {
  const journal = new Journal(join(await emptyFolder(), 'journal.jsonl'));
  const table = journal.table<number>('numbers');
  const heard: unknown[] = [];
  table.watch((key, value) => heard.push([key, value, table.rows.get(key)]));

  journal.commit([table.put('one', 1)]);
  journal.commit([table.remove('one')]);

  assert.deepEqual(heard, [
    ['one', 1, 1],
    ['one', undefined, undefined],
  ]);
  journal.close();
});
