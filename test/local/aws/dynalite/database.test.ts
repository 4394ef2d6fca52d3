import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openDynamoDb } from '../../../../local/aws/dynamodb.ts';
import { tableDefinition } from '../../../../local/deployment/table-definition.ts';
import { Table } from '../../../../party/stores/table.ts';
import { openSmallDisk, withoutSmallDisk } from '../../../support/small-disk.ts';
import { serve } from '../serve.ts';

const createTable = new CreateTableCommand({ TableName: 'party', ...tableDefinition });

test('on a full disk writes are refused and reads go on; with room again, all that was said to be written is', {
  skip: withoutSmallDisk,
}, async (t) => {
  const disk = openSmallDisk(40);
  const first = await openDynamoDb(disk.folder);
  const client = new DynamoDBClient(await serve(t, first.service));
  t.after(() => client.destroy());
  await client.send(createTable);
  const table = new Table(DynamoDBDocumentClient.from(client), 'party');
  const kept: string[] = [];
  const put = async (sk: string) => {
    await table.put({ pk: 'guests', sk, text: 'x'.repeat(1000) });
    kept.push(sk);
  };
  for (let n = 0; n < 20; n++) await put(`before-${n}`);

  await disk.fill();
  const full = (error: Error) =>
    error.name === 'InsufficientStorage' && /disk .* is full/.test(error.message);
  const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => put(`full-${n}`)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.ok(refused.length > 0);
  for (const { reason } of refused) assert.ok(full(reason), reason);
  await assert.rejects(put('full-again'), full);
  assert.ok((await table.query('guests')).length >= kept.length);

  await disk.makeRoom();
  for (let n = 0; n < 20; n++) await put(`after-${n}`);
  await first.close();
  const second = await openDynamoDb(disk.folder);
  const again = new DynamoDBClient(await serve(t, second.service));
  t.after(async () => {
    again.destroy();
    await second.close();
  });
  const found = await new Table(DynamoDBDocumentClient.from(again), 'party').query('guests');
  const keys = new Set(found.map(({ sk }) => sk));
  assert.deepEqual(
    kept.filter((sk) => !keys.has(sk)),
    [],
  );
});
