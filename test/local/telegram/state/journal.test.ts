import assert from 'node:assert/strict';
import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DamagedError, mirrored } from '../../../../local/disk/damage.ts';
import { Journal } from '../../../../local/telegram/state/journal.ts';
import { emptyFolder } from '../../../support/folder.ts';

/** Opens the journal of a data folder; nothing is told of damage unless a test wants it. */
function open(folder: string, tell: (message: string) => void = assert.fail): Journal {
  const place = mirrored(folder, 'telegram', 'journal.jsonl');
  return new Journal(place, join(folder, 'marks', 'telegram.json'), { onDamage: tell });
}

const fileOf = (folder: string): string => mirrored(folder, 'telegram', 'journal.jsonl').path;

test('rows and counters are there when the journal is opened again', async () => {
  const folder = await emptyFolder();
  const first = open(folder);
  const chats = first.table<{ title: string }>('chats');
  assert.deepEqual([first.take('update', 700), first.take('update', 700)], [700, 701]);
  first.commit([chats.put('1', { title: 'one' }), chats.put('2', { title: 'two' })]);
  first.commit([chats.remove('1'), chats.put('3', { title: 'drei' })]);
  first.close();

  const again = open(folder);

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
  const folder = await emptyFolder();
  const first = open(folder);
  const table = first.table<number>('numbers');
  first.commit([table.put('one', 1)]);
  first.commit([table.put('two', 2), table.put('three', 3)]);
  first.close();
  // As a process leaves it that ends while it writes: the copy has nothing yet of the line, and nobody said it was kept.
  const { path, mirror } = mirrored(folder, 'telegram', 'journal.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  await truncate(path, (await readFile(path)).length - 5);
  await writeFile(mirror, `${lines.slice(0, -2).join('\n')}\n`);
  await writeFile(join(folder, 'marks', 'telegram.json'), '{"last":2}');

  const second = open(folder);
  assert.deepEqual([...second.table('numbers').rows], [['one', 1]]);
  second.commit([second.table<number>('numbers').put('four', 4)]);
  second.close();

  const third = open(folder);
  assert.deepEqual(
    [...third.table('numbers').rows],
    [
      ['one', 1],
      ['four', 4],
    ],
  );
  third.close();
});

test('a journal from before it had checksums and a copy is taken over', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'telegram'));
  await writeFile(fileOf(folder), '[["numbers","one",1]]\n[["numbers","two",2]]\n[["num');
  const first = open(folder);
  assert.equal(first.table('numbers').rows.size, 2);
  first.close();
  const second = open(folder);
  assert.equal(second.table('numbers').rows.size, 2);
  second.close();
});

test('one that is damaged in the middle and has no copy is refused, with what is lost', async () => {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'telegram'));
  await writeFile(fileOf(folder), '[["numbers","one",1]]\n[["numb\n');
  await appendFile(fileOf(folder), '[["numbers","two",2]]\n');

  assert.throws(
    () => open(folder),
    (error) => error instanceof DamagedError && /journal\.jsonl .*loses messages, people/.test(error.message),
  );
});

test('a journal of many stale lines is written anew', async () => {
  const folder = await emptyFolder();
  const first = open(folder);
  const table = first.table<number>('numbers');
  for (let value = 0; value < 2100; value++) first.commit([table.put('same', value)]);
  first.close();

  const second = open(folder);
  second.commit([second.table<number>('numbers').put('next', 1)]);
  second.close();

  const lines = (await readFile(fileOf(folder), 'utf8')).trim().split('\n').length;
  assert.ok(lines < 200, `${lines} lines`);
  const third = open(folder);
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
  const journal = open(await emptyFolder());
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
