import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Rows } from '../../../../local/aws/dynalite/rows.ts';
import { DamagedError } from '../../../../local/disk/damage.ts';
import { emptyFolder } from '../../../support/folder.ts';

test('rows are there again as they were last, and those that were removed are not', async () => {
  const folder = await emptyFolder();
  const first = await Rows.open(folder);
  first.commit([
    ['a', '1'],
    ['b', '2'],
  ]);
  first.commit([['a'], ['b', '3']]);
  first.close();
  const second = await Rows.open(folder);
  assert.deepEqual([...second.all()], [['b', '3']]);
  second.close();
});

test('a log that is mostly stale is written anew', async () => {
  const folder = await emptyFolder();
  const rows = await Rows.open(folder);
  for (let n = 0; n < 6_000; n++) rows.commit([['a', `${n}`]]);
  rows.close();
  assert.ok(statSync(join(folder, 'dynamodb', 'rows.jsonl')).size < 50_000);
  const again = await Rows.open(folder);
  assert.deepEqual([...again.all()], [['a', '5999']]);
  again.close();
});

/** Tables as they were kept once, some thousand rows in LevelDB. */
async function levelDb(): Promise<string> {
  const folder = await emptyFolder();
  const level = createRequire(createRequire(import.meta.url).resolve('dynalite')).resolve('level');
  const { ClassicLevel } = createRequire(level)('classic-level');
  const database = new ClassicLevel(join(folder, 'dynamodb'), { valueEncoding: 'utf8' });
  for (let n = 0; n < 2000; n++) await database.put(`item-x~${n}`, JSON.stringify({ n }));
  await database.close();
  return folder;
}

test('tables that were kept in LevelDB are taken over, and LevelDB’s files are gone then', async () => {
  const folder = await levelDb();
  const rows = await Rows.open(folder);
  assert.equal(rows.all().size, 2000);
  assert.equal(rows.all().get('item-x~7'), '{"n":7}');
  rows.close();
  assert.deepEqual(readdirSync(join(folder, 'dynamodb')), ['rows.jsonl']);
  const again = await Rows.open(folder);
  assert.equal(again.all().size, 2000);
  again.close();
});

test('a LevelDB that cannot be opened is no empty table, and a salvage tries LevelDB’s own repair', async () => {
  const folder = await levelDb();
  const own = join(folder, 'dynamodb');
  const manifest = readdirSync(own).find((name) => name.startsWith('MANIFEST'))!;
  truncateSync(join(own, manifest), 5);
  await assert.rejects(Rows.open(folder), DamagedError);
  const told: string[] = [];
  const rows = await Rows.open(folder, { salvage: true, onDamage: (message) => told.push(message) });
  assert.equal(rows.all().size, 2000);
  rows.close();
  assert.match(told.join(), /LevelDB's own repair found 2000 items/);
});

test('a LevelDB of which the list of its files is empty or gone is no empty table', async () => {
  const folder = await levelDb();
  const current = join(folder, 'dynamodb', 'CURRENT');
  writeFileSync(current, '');
  await assert.rejects(Rows.open(folder), DamagedError);
  rmSync(current);
  await assert.rejects(Rows.open(folder), DamagedError);
});
