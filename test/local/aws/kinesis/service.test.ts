import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  InvalidArgumentException,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-kinesis';
import { DataStreams } from '../../../../local/aws/kinesis/data-streams.ts';
import { kinesisService, shardId } from '../../../../local/aws/kinesis/service.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { openAws } from '../../../support/whole-aws.ts';
import { serve } from '../serve.ts';

async function start(t: TestContext) {
  const clock = { now: Date.now() };
  const streams = new DataStreams(await emptyFolder(), { now: () => clock.now });
  t.after(() => streams.close());
  const client = new KinesisClient(
    await serve(
      t,
      kinesisService(streams, () => clock.now),
    ),
  );
  t.after(() => client.destroy());
  const put = async (text: string) =>
    await client.send(
      new PutRecordCommand({ StreamName: 'door', PartitionKey: 'k', Data: Buffer.from(text) }),
    );
  const iterator = async (type: Partial<GetShardIteratorCommandInput>) =>
    (
      await client.send(
        new GetShardIteratorCommand({
          StreamName: 'door',
          ShardId: shardId,
          ShardIteratorType: 'LATEST',
          ...type,
        }),
      )
    ).ShardIterator;
  const get = async (ShardIterator: string | undefined, Limit?: number) =>
    await client.send(new GetRecordsCommand({ ShardIterator, Limit }));
  const read = async (type: Partial<GetShardIteratorCommandInput>) =>
    texts((await get(await iterator(type))).Records);
  return { client, clock, put, iterator, get, read };
}

const texts = (records: readonly { Data?: Uint8Array | undefined }[] = []) =>
  records.map((record) => Buffer.from(record.Data ?? []).toString());

test('AWS dates the records of its streams by the clock that is handed in', async (t) => {
  const now = () => Date.UTC(2026, 11, 24, 18);
  const aws = await openAws({ now });
  t.after(() => aws.close());
  const stream = await aws.dataStreams.ensure('door');
  assert.equal(stream.put('k', Buffer.from('x')).arrivedAt, now());
});

test('a stream is created once, described, listed and deleted', async (t) => {
  const { client } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door', ShardCount: 1 }));
  await assert.rejects(client.send(new CreateStreamCommand({ StreamName: 'door' })), ResourceInUseException);

  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamName: 'door' }));
  assert.equal(StreamDescription?.StreamStatus, 'ACTIVE');
  assert.equal(StreamDescription.Shards?.[0]?.ShardId, shardId);
  assert.ok(StreamDescription.StreamCreationTimestamp instanceof Date);

  const byArn = new DescribeStreamSummaryCommand({ StreamARN: StreamDescription.StreamARN });
  const summary = (await client.send(byArn)).StreamDescriptionSummary;
  assert.equal(summary?.StreamName, 'door');
  assert.equal(summary.OpenShardCount, 1);
  assert.equal((await client.send(new ListShardsCommand({ StreamName: 'door' }))).Shards?.length, 1);
  assert.deepEqual((await client.send(new ListStreamsCommand())).StreamNames, ['door']);

  await client.send(new DeleteStreamCommand({ StreamName: 'door' }));
  await assert.rejects(
    client.send(new DescribeStreamCommand({ StreamName: 'door' })),
    ResourceNotFoundException,
  );
});

test('records come back in order, from each kind of start', async (t) => {
  const { client, clock, put, iterator, get, read } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  const latest = await iterator({ ShardIteratorType: 'LATEST' });
  await put('one');
  clock.now += 60_000;
  const second = await put('two');
  await put('three');

  const at = { StartingSequenceNumber: second.SequenceNumber };
  assert.deepEqual(await read({ ShardIteratorType: 'TRIM_HORIZON' }), ['one', 'two', 'three']);
  assert.deepEqual(await read({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', ...at }), ['two', 'three']);
  assert.deepEqual(await read({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', ...at }), ['three']);
  const minuteAgo = new Date(clock.now - 30_000);
  assert.deepEqual(await read({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: minuteAgo }), ['two', 'three']);
  assert.deepEqual(await read({ ShardIteratorType: 'LATEST' }), []);
  assert.deepEqual(texts((await get(latest)).Records), ['one', 'two', 'three']);

  const page = await get(await iterator({ ShardIteratorType: 'TRIM_HORIZON' }), 1);
  assert.deepEqual(texts(page.Records), ['one']);
  assert.equal(page.MillisBehindLatest, 0);
  assert.deepEqual(texts((await get(page.NextShardIterator)).Records), ['two', 'three']);
});

test('PutRecords takes 500 records and no more', async (t) => {
  const { client, read } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  const records = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ PartitionKey: String(i), Data: Buffer.from(String(i)) }));
  const put = (count: number) =>
    client.send(new PutRecordsCommand({ StreamName: 'door', Records: records(count) }));
  const { FailedRecordCount, Records } = await put(500);
  assert.equal(FailedRecordCount, 0);
  assert.equal(new Set(Records?.map((record) => record.SequenceNumber)).size, 500);
  assert.equal((await read({ ShardIteratorType: 'TRIM_HORIZON' })).at(-1), '499');
  await assert.rejects(put(501), { name: 'ValidationException' });
});

test('a record holds 1 MiB and no more', async (t) => {
  const { client, put, read } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  await put('x'.repeat(1024 * 1024));
  assert.equal((await read({ ShardIteratorType: 'TRIM_HORIZON' }))[0]?.length, 1024 * 1024);
  await assert.rejects(put('x'.repeat(1024 * 1024 + 1)), { name: 'ValidationException' });
});

test('a shard iterator ends after five minutes', async (t) => {
  const { client, clock, iterator, get } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  const start_ = await iterator({ ShardIteratorType: 'TRIM_HORIZON' });
  clock.now += 300_000;
  await get(start_);
  clock.now += 1;
  await assert.rejects(get(start_), ExpiredIteratorException);
});

test('what is not there or makes no sense is refused as Kinesis refuses it', async (t) => {
  const { client, put, iterator, get } = await start(t);
  await assert.rejects(put('one'), ResourceNotFoundException);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  await assert.rejects(iterator({ ShardId: 'shardId-000000000007' }), ResourceNotFoundException);
  await assert.rejects(
    iterator({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', StartingSequenceNumber: '12' }),
    InvalidArgumentException,
  );
  await assert.rejects(iterator({ ShardIteratorType: 'AT_TIMESTAMP' }), InvalidArgumentException);
  await assert.rejects(get('nonsense'), InvalidArgumentException);
  await assert.rejects(client.send(new CreateStreamCommand({ StreamName: 'front door' })), {
    name: 'ValidationException',
  });
  const unkeyed = { StreamName: 'door', PartitionKey: undefined, Data: Buffer.from('one') };
  await assert.rejects(client.send(new PutRecordCommand(unkeyed)), /'partitionKey' .* must not be null/);
});

test('there is no shard after the only one', async (t) => {
  const { client } = await start(t);
  await client.send(new CreateStreamCommand({ StreamName: 'door' }));
  const shards = async (ExclusiveStartShardId?: string) =>
    (await client.send(new ListShardsCommand({ StreamName: 'door', ExclusiveStartShardId }))).Shards?.length;
  assert.deepEqual([await shards(), await shards(shardId)], [1, 0]);
});
