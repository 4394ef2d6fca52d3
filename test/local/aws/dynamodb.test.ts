import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
  TransactWriteItemsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { openDynamoDb } from '../../../local/aws/dynamodb.ts';
import { tableDefinition } from '../../../local/deployment/table-definition.ts';
import { emptyFolder } from '../../support/folder.ts';
import { localCredentials } from './clients.ts';
import { serve } from './serve.ts';
import { requestOf, send, signed, type WireRequest } from './wire-request.ts';

const tableName = 'party';

const createTable = new CreateTableCommand({ TableName: tableName, ...tableDefinition });

async function start(t: TestContext, folder?: string) {
  const own = folder ?? (await emptyFolder());
  const database = await openDynamoDb(own);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= database.close();
    return closed;
  };
  const options = await serve(t, database.service);
  const client = new DynamoDBClient(options);
  t.after(async () => {
    client.destroy();
    await close();
  });
  return {
    folder: own,
    database,
    close,
    options,
    client,
    items: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
}

test('a table is there as soon as it is created', async (t) => {
  const { client } = await start(t);
  await client.send(createTable);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  assert.equal(Table?.TableStatus, 'ACTIVE');
  await assert.rejects(client.send(createTable), ResourceInUseException);
});

test('of many writers under one condition only one succeeds', async (t) => {
  const { client, items } = await start(t);
  await client.send(createTable);
  const claim = (who: string) =>
    items.send(
      new PutCommand({
        TableName: tableName,
        Item: { pk: 'PARTY#1', sk: 'guest#anna', who },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  const tries = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(claim));
  const lost = tries.filter((one) => one.status === 'rejected');
  assert.equal(lost.length, 4);
  for (const one of lost) assert.ok(one.reason instanceof ConditionalCheckFailedException);
});

test('counters count and sets of numbers grow, however many add to them at once', async (t) => {
  const { client, items } = await start(t);
  await client.send(createTable);
  const add = (frame: number) =>
    items.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { pk: 'PARTY#1', sk: 'guest#anna' },
        UpdateExpression: 'ADD frames :frame, seen :one',
        ExpressionAttributeValues: { ':frame': new Set([frame]), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
  await Promise.all([1, 2, 3, 2, 1].map(add));
  const { Item } = await items.send(
    new GetCommand({ TableName: tableName, Key: { pk: 'PARTY#1', sk: 'guest#anna' } }),
  );
  assert.equal(Item?.seen, 5);
  assert.deepEqual([...(Item.frames as Set<number>)].sort(), [1, 2, 3]);
});

test('items outlive a restart and are found by key', async (t) => {
  const { folder, client, items, close } = await start(t);
  await client.send(createTable);
  for (const name of ['anna', 'ben']) {
    await items.send(
      new PutCommand({ TableName: tableName, Item: { pk: 'PEOPLE', sk: `guest#${name}`, name } }),
    );
  }
  await close();
  const again = await start(t, folder);
  const { Items } = await again.items.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': 'PEOPLE', ':sk': 'guest#' },
    }),
  );
  assert.deepEqual(
    Items?.map((item) => item.name),
    ['anna', 'ben'],
  );
});

test('a time to live is set, read and kept over a restart', async (t) => {
  const { folder, client, close } = await start(t);
  const describe = async (of: DynamoDBClient) =>
    (await of.send(new DescribeTimeToLiveCommand({ TableName: tableName }))).TimeToLiveDescription;
  const enable = new UpdateTimeToLiveCommand({
    TableName: tableName,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
  });
  await assert.rejects(client.send(enable), ResourceNotFoundException);
  await assert.rejects(describe(client), ResourceNotFoundException);
  await client.send(createTable);
  assert.deepEqual(await describe(client), { TimeToLiveStatus: 'DISABLED' });
  await client.send(enable);
  await assert.rejects(client.send(enable), { name: 'ValidationException' });
  await close();
  const again = await start(t, folder);
  assert.deepEqual(await describe(again.client), { TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
});

test('what dynalite cannot do is refused', async (t) => {
  const { client } = await start(t);
  const transaction = new TransactWriteItemsCommand({ TransactItems: [] });
  await assert.rejects(client.send(transaction), { name: 'UnknownOperationException' });
});

test('a null deep in a request is refused or left out, and holds nobody up', async (t) => {
  const { options, client, items } = await start(t);
  await client.send(createTable);
  const Key = { pk: 'guest', sk: 'anna' };
  const update = new UpdateCommand({
    TableName: tableName,
    Key,
    UpdateExpression: 'SET seen = :seen',
    ExpressionAttributeValues: { ':seen': 'MARK' },
  });
  const good = await requestOf(DynamoDBDocumentClient.from(new DynamoDBClient(options)), update, 'dynamodb');
  const port = Number(new URL(options.endpoint).port);
  const sign = (request: WireRequest) => signed(request, port, localCredentials);
  const sendWith = async (value: string) => {
    const body = Buffer.from(good.body.toString().replace('{"S":"MARK"}', value));
    return await send(port, sign({ ...good, body }));
  };
  for (const value of ['null', '{"L":[null]}', '{"L":[{"L":[null]}]}', '{"SS":[null]}']) {
    const { status, body } = await sendWith(value);
    assert.equal(status, 400, value);
    assert.match(JSON.parse(body).__type, /(Serialization|Validation)Exception$/);
  }
  assert.equal((await sendWith('{"M":{"a":null}}')).status, 200);
  const puts = Buffer.from(JSON.stringify({ RequestItems: { [tableName]: [null] } }));
  const headers = { ...good.headers, 'x-amz-target': 'DynamoDB_20120810.BatchWriteItem' };
  assert.equal((await send(port, sign({ ...good, headers, body: puts }))).status, 400);

  await items.send(update);
  assert.equal((await items.send(new GetCommand({ TableName: tableName, Key }))).Item?.seen, 'MARK');
});

test('items that have expired are removed from tables that have a time to live, and from no others', async (t) => {
  const { database, client, items } = await start(t);
  await client.send(createTable);
  await client.send(new CreateTableCommand({ ...createTable.input, TableName: 'other' }));
  const now = Date.now();
  const put = (TableName: string, sk: string, expiresAt?: unknown) =>
    items.send(new PutCommand({ TableName, Item: { pk: 'a', sk, expiresAt } }));
  for (const table of [tableName, 'other']) {
    await put(table, 'over', Math.floor(now / 1000) - 1);
    await put(table, 'to come', Math.ceil(now / 1000) + 60);
    await put(table, 'never');
    await put(table, 'no number', 'yesterday');
  }
  const specification = { AttributeName: 'expiresAt', Enabled: true };
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: specification }),
  );

  assert.equal(await database.removeExpired(now), 1);

  const left = async (TableName: string) => {
    const values = { ':pk': 'a' };
    const query = { TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values };
    return (await items.send(new QueryCommand(query))).Items?.map(({ sk }) => sk);
  };
  assert.deepEqual(await left(tableName), ['never', 'no number', 'to come']);
  assert.deepEqual(await left('other'), ['never', 'no number', 'over', 'to come']);
});
