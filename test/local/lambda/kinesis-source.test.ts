import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { KinesisStreamEvent } from 'aws-lambda';
import { DataStream } from '../../../local/aws/kinesis/data-stream.ts';
import { beforeFirst } from '../../../local/aws/kinesis/sequence-number.ts';
import { readJsonLines } from '../../../local/disk/json-lines.ts';
import { LambdaFunctions, UnknownFunctionError } from '../../../local/lambda/functions.ts';
import { type KinesisSourceOptions, startKinesisSource } from '../../../local/lambda/kinesis-source.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { Collected, gate } from './waiting.ts';

type Options = Partial<KinesisSourceOptions> & {
  /** What the function answers to these texts; it throws by throwing. */
  readonly answer?: (texts: string[], event: KinesisStreamEvent) => unknown;
};

/** A stream in a folder of its own, and as many mappings on it, one after the other, as a test asks for. */
async function start(t: TestContext) {
  const folder = await emptyFolder();
  const stream = new DataStream('door', join(folder, 'stream'));
  t.after(() => stream.close());
  const put = (...texts: string[]) => {
    for (const text of texts) stream.put('k', Buffer.from(text));
  };
  const map = async ({ answer, ...options }: Options = {}) => {
    const batches = new Collected<string[]>();
    const functions = new LambdaFunctions(
      {
        match: {
          timeoutSeconds: 30,
          handler: async (event: KinesisStreamEvent) => {
            const texts = event.Records.map((record) =>
              Buffer.from(record.kinesis.data, 'base64').toString(),
            );
            batches.add(texts);
            return await answer?.(texts, event);
          },
        },
      },
      { log: () => undefined },
    );
    const source = await startKinesisSource({
      stream,
      functions,
      functionName: 'match',
      folder,
      startingPosition: 'LATEST',
      backOffMs: 1,
      log: (line) => t.diagnostic(line),
      ...options,
    });
    t.after(() => source.close(0));
    return { source, batches };
  };
  const checkpoint = () => readFileSync(join(folder, 'lambda', 'checkpoints', 'door-match.json'), 'utf8');
  return { folder, stream, put, map, checkpoint };
}

test('records reach the function in the shape of a Kinesis event', async (t) => {
  const { stream, map } = await start(t);
  const events = new Collected<KinesisStreamEvent>();
  await map({ answer: (_, event) => events.add(event) });
  const record = stream.put('a key', Buffer.from('{"x":1}'));
  const [event] = await events.count(1);
  assert.deepEqual(event?.Records, [
    {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'a key',
        sequenceNumber: record.sequenceNumber,
        data: Buffer.from('{"x":1}').toString('base64'),
        approximateArrivalTimestamp: record.arrivedAt / 1000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `shardId-000000000000:${record.sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/local',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/door',
    },
  ]);
});

test('LATEST begins with what comes after, TRIM_HORIZON with the oldest there is', async (t) => {
  for (const [startingPosition, expected] of [
    ['LATEST', [['new']]],
    ['TRIM_HORIZON', [['old', 'older'], ['new']]],
  ] as const) {
    const { put, map } = await start(t);
    put('old', 'older');
    const { batches, source } = await map({ startingPosition });
    await batches.count(expected.length - 1);
    put('new');
    assert.deepEqual(await batches.count(expected.length), expected);
    await source.close();
  }
});

test('a checkpoint of another stream, beyond all of this one’s records, does not keep new ones away', async (t) => {
  const { folder, put, map } = await start(t);
  put('old');
  const file = join(folder, 'lambda', 'checkpoints', 'door-match.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ sequenceNumber: '9'.repeat(beforeFirst.length) }));
  const { batches } = await map();
  put('new');
  assert.deepEqual(await batches.count(1), [['new']]);
});

test('a restart goes on where the last one stopped, whatever the starting position', async (t) => {
  const { put, map } = await start(t);
  const first = await map();
  put('one');
  await first.batches.count(1);
  await first.source.close();
  put('two', 'three');
  const second = await map({ startingPosition: 'LATEST' });
  assert.deepEqual(await second.batches.count(1), [['two', 'three']]);
  assert.equal(first.batches.items.length, 1);
});

test('a first start that saw no record keeps its place all the same', async (t) => {
  const { put, map } = await start(t);
  put('old');
  await (await map()).source.close();
  put('between');
  const { batches } = await map();
  assert.deepEqual(await batches.count(1), [['between']]);
});

test('a batch cut off by the end of the process comes again', async (t) => {
  const { put, map } = await start(t);
  const never = gate();
  t.after(() => never.open());
  const first = await map({ answer: () => never.promise });
  put('one');
  await first.batches.count(1);
  await first.source.close(0);
  const second = await map();
  assert.deepEqual(await second.batches.count(1), [['one']]);
});

test('closing waits for the batch in work, and keeps that it was done', async (t) => {
  const { stream, put, map, checkpoint } = await start(t);
  const held = gate();
  const { batches, source } = await map({ answer: () => held.promise });
  put('one');
  await batches.count(1);
  const closing = source.close(60_000);
  held.open();
  await closing;
  assert.deepEqual(JSON.parse(checkpoint()), { sequenceNumber: stream.latest });
});

test('while a batch is in work the next one gathers, and is no larger than it may be', async (t) => {
  const { put, map } = await start(t);
  const held = gate();
  const { batches } = await map({ batchSize: 2, answer: () => held.promise });
  put('one');
  await batches.count(1);
  put('two', 'three', 'four');
  held.open();
  assert.deepEqual(await batches.count(3), [['one'], ['two', 'three'], ['four']]);
});

test('a window gathers records until the batch is full', async (t) => {
  const { put, map } = await start(t);
  const { batches } = await map({ batchSize: 3, maximumBatchingWindow: 300 });
  put('one');
  await new Promise(setImmediate);
  put('two');
  await new Promise(setImmediate);
  assert.deepEqual(batches.items, []);
  put('three');
  assert.deepEqual(await batches.count(1), [['one', 'two', 'three']]);
});

test('a window that is over sends what there is', async (t) => {
  const { put, map } = await start(t);
  const { batches } = await map({ batchSize: 3, maximumBatchingWindow: 0.01 });
  put('one');
  assert.deepEqual(await batches.count(1), [['one']]);
});

test('a record that never succeeds is given up alone, and told of in the shape of Lambda', async (t) => {
  const { stream, put, map } = await start(t);
  put('good', 'bad', 'also good');
  const { batches, source } = await map({
    startingPosition: 'TRIM_HORIZON',
    maximumRetryAttempts: 1,
    bisectBatchOnFunctionError: true,
    reportBatchItemFailures: true,
    answer: (texts, event) => ({
      batchItemFailures: event.Records.filter((_, i) => texts[i] === 'bad').map((record) => ({
        itemIdentifier: record.kinesis.sequenceNumber,
      })),
    }),
  });
  await batches.count(5);
  await source.close();
  assert.deepEqual(batches.items, [
    ['good', 'bad', 'also good'],
    ['bad', 'also good'],
    ['bad'],
    ['bad'],
    ['also good'],
  ]);
  const bad = stream.read(beforeFirst)[1];
  const [letter, ...others] = readJsonLines<Record<string, object>>(source.deadLetters);
  assert.equal(others.length, 0);
  const arrived = new Date(bad?.arrivedAt ?? 0).toISOString();
  assert.deepEqual(letter?.KinesisBatchInfo, {
    shardId: 'shardId-000000000000',
    startSequenceNumber: bad?.sequenceNumber,
    endSequenceNumber: bad?.sequenceNumber,
    approximateArrivalOfFirstRecord: arrived,
    approximateArrivalOfLastRecord: arrived,
    batchSize: 1,
    streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/door',
  });
  const { requestId, ...context } = letter.requestContext as { requestId: string };
  assert.match(requestId, /^[0-9a-f-]{36}$/);
  assert.deepEqual(context, {
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:match',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 2,
  });
});

test('records that are too old when their turn comes are not sent', async (t) => {
  const { put, map, stream } = await start(t);
  put('old');
  const { arrivedAt } = stream.read(beforeFirst)[0]!;
  while (Date.now() === arrivedAt) await new Promise(setImmediate);
  const { batches, source } = await map({ startingPosition: 'TRIM_HORIZON', maximumRecordAge: 0 });
  const letters = () => readJsonLines<{ requestContext: { condition: string } }>(source.deadLetters);
  while (letters().length === 0) await new Promise(setImmediate);
  assert.equal(letters()[0]?.requestContext.condition, 'RecordAgeExceeded');
  assert.deepEqual(batches.items, []);
});

test('how old a record is goes by the clock that dates it, whatever the machine’s is set to', async (t) => {
  const folder = await emptyFolder();
  const now = () => Date.now() - 25 * 3_600_000;
  const stream = new DataStream('door', join(folder, 'stream'), { now });
  t.after(() => stream.close());
  const seen = new Collected<number>();
  const functions = new LambdaFunctions({
    match: {
      timeoutSeconds: 30,
      handler: async (event: KinesisStreamEvent) => seen.add(event.Records.length),
    },
  });
  const ages: number[] = [];
  const source = await startKinesisSource({
    stream,
    functions,
    functionName: 'match',
    folder,
    startingPosition: 'LATEST',
    maximumRecordAge: 3600,
    measure: (_, name, value) => name === 'IteratorAge' && ages.push(value),
    now,
  });
  t.after(() => source.close(0));
  stream.put('k', Buffer.from('just now'));
  await eventually('the record is handled or given up', () => {
    return seen.items.length > 0 || readJsonLines(source.deadLetters).length > 0;
  });
  assert.deepEqual(seen.items, [1]);
  assert.ok(ages[0]! >= 0 && ages[0]! < 3_600_000, `${ages[0]}`);
});

test('a stream whose records have all expired is waited for, not asked again and again', async (t) => {
  const folder = await emptyFolder();
  const clock = { now: Date.now() - 25 * 3_600_000 };
  const stream = new DataStream('door', join(folder, 'stream'), { now: () => clock.now });
  t.after(() => stream.close());
  stream.put('k', Buffer.from('yesterday'));
  clock.now = Date.now();
  const batches = new Collected<number>();
  const functions = new LambdaFunctions({
    match: { handler: async (event: KinesisStreamEvent) => batches.add(event.Records.length) },
  });
  const source = await startKinesisSource({
    stream,
    functions,
    functionName: 'match',
    folder,
    startingPosition: 'TRIM_HORIZON',
  });
  t.after(() => source.close());
  stream.put('k', Buffer.from('today'));
  assert.deepEqual(await batches.count(1), [1]);
});

test('a checkpoint that is damaged is made anew, and told of: what is young is read once more', async (t) => {
  const { folder, put, map } = await start(t);
  put('young');
  await (await map()).source.close();
  writeFileSync(join(folder, 'lambda', 'checkpoints', 'door-match.json'), '{"seq');
  const told: string[] = [];
  const { batches } = await map({ maximumRecordAge: 60, onDamage: (message) => told.push(message) });
  assert.deepEqual(await batches.count(1), [['young']]);
  assert.match(told.join(), /door-match\.json was damaged, so I began it anew\. Lost: how far/);
});

test('a function that is not there stops the start', async (t) => {
  const { map } = await start(t);
  await assert.rejects(map({ functionName: 'nobody' }), UnknownFunctionError);
});
