import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DataStream, type DataStreamOptions } from '../../../../local/aws/kinesis/data-stream.ts';
import { beforeFirst } from '../../../../local/aws/kinesis/sequence-number.ts';
import { emptyFolder } from '../../../support/folder.ts';

const hour = 3_600_000;

async function start(t: TestContext, options: DataStreamOptions = {}) {
  const folder = await emptyFolder();
  const clock = { now: Date.now() };
  const open = () => {
    const stream = new DataStream('door', folder, { now: () => clock.now, ...options });
    t.after(() => stream.close());
    return stream;
  };
  const put = (stream: DataStream, ...texts: string[]) =>
    texts.map((text) => stream.put('k', Buffer.from(text)));
  const all = (stream: DataStream) => stream.read(beforeFirst).map((record) => record.data.toString());
  return { folder, clock, open, put, all };
}

test('records outlive the process that put them', async (t) => {
  const { open, put, all } = await start(t);
  put(open(), 'one', 'two');
  // Never closed, as after kill -9.
  const again = open();
  assert.deepEqual(all(again), ['one', 'two']);
  put(again, 'three');
  assert.deepEqual(all(open()), ['one', 'two', 'three']);
});

test('a last line that was torn is dropped, and what follows is kept', async (t) => {
  const { folder, open, put, all } = await start(t);
  const last = put(open(), 'one', 'two').at(-1);
  const file = join(folder, readdirSync(folder)[0] ?? '');
  appendFileSync(file, '{"sequenceNumber":"4900018');
  const again = open();
  assert.deepEqual(all(again), ['one', 'two']);
  assert.equal(again.latest, last?.sequenceNumber);
  put(again, 'three');
  assert.deepEqual(all(open()), ['one', 'two', 'three']);
});

test('a file with nothing but a torn line is taken away', async (t) => {
  const { folder, open, put, all } = await start(t);
  writeFileSync(join(folder, `${'4'.repeat(56)}.jsonl`), '{"seq');
  const stream = open();
  assert.equal(stream.latest, beforeFirst);
  put(stream, 'one');
  assert.deepEqual(all(stream), ['one']);
  assert.equal(readdirSync(folder).length, 1);
});

test('sequence numbers grow even when the clock goes back', async (t) => {
  const { clock, open, put } = await start(t);
  const stream = open();
  const [before] = put(stream, 'before');
  clock.now -= hour;
  const [after] = put(stream, 'after');
  const [later] = put(open(), 'after a restart');
  assert.ok(before && after && later);
  assert.ok(before.sequenceNumber < after.sequenceNumber);
  assert.ok(after.sequenceNumber < later.sequenceNumber);
});

test('reading goes on over file ends, in steps of any size', async (t) => {
  const { folder, open, put } = await start(t, { segmentBytes: 300 });
  const stream = open();
  const texts = Array.from({ length: 20 }, (_, i) => `record ${i}`);
  put(stream, ...texts);
  assert.ok(readdirSync(folder).length > 3);
  for (const records of [1, 3, 100]) {
    const read: string[] = [];
    for (let after = beforeFirst; ; ) {
      const page = stream.read(after, { records });
      if (page.length === 0) break;
      assert.ok(page.length <= records);
      read.push(...page.map((record) => record.data.toString()));
      after = page.at(-1)?.sequenceNumber ?? after;
    }
    assert.deepEqual(read, texts);
  }
});

test('one reading hands out no more bytes than it may, but always a record', async (t) => {
  const { open, put } = await start(t);
  const stream = open();
  put(stream, 'aaaa', 'bbbb', 'cccc');
  assert.equal(stream.read(beforeFirst, { bytes: 8 }).length, 2);
  assert.equal(stream.read(beforeFirst, { bytes: 1 }).length, 1);
});

test('records of more than 24 hours ago are gone, from the reading and from the disk', async (t) => {
  const { folder, clock, open, put, all } = await start(t, { segmentBytes: 1 });
  const stream = open();
  put(stream, 'old', 'older than the next');
  clock.now += 23 * hour;
  put(stream, 'young');
  clock.now += hour;
  assert.deepEqual(all(stream), ['young']);
  const old = readdirSync(folder).sort().slice(0, 2);
  for (const file of old) await utimes(join(folder, file), 0, (clock.now - 24 * hour) / 1000);
  put(stream, 'new');
  assert.deepEqual(all(stream), ['young', 'new']);
  assert.deepEqual(
    readdirSync(folder).filter((file) => old.includes(file)),
    [],
  );
});

test('a position by time is before the first record from then on', async (t) => {
  const { clock, open, put } = await start(t, { segmentBytes: 200 });
  const stream = open();
  const texts: string[] = [];
  for (let i = 0; i < 10; i++) {
    texts.push(`record ${i}`);
    put(stream, `record ${i}`);
    clock.now += 1_000;
  }
  const from = (time: number) =>
    stream.read(stream.positionBefore(time)).map((record) => record.data.toString());
  assert.deepEqual(from(0), texts);
  assert.deepEqual(from(clock.now - 3_000), texts.slice(7));
  assert.deepEqual(from(clock.now - 2_500), texts.slice(8));
  assert.deepEqual(from(clock.now + 1), []);
});

test('who waits is woken by the next record, and not made to wait when there is one', async (t) => {
  const { open, put } = await start(t);
  const stream = open();
  const { signal } = new AbortController();
  const woken = stream.waitForRecords(stream.latest, signal);
  put(stream, 'one');
  await woken;
  await stream.waitForRecords(beforeFirst, signal);
});

test('waiting ends when it is called off', async (t) => {
  const { open } = await start(t);
  const stream = open();
  const controller = new AbortController();
  const waiting = stream.waitForRecords(stream.latest, controller.signal);
  controller.abort();
  await waiting;
  await stream.waitForRecords(stream.latest, controller.signal);
});

test('an observer sees every record until it has seen enough', async (t) => {
  const { open, put } = await start(t);
  const stream = open();
  const seen: string[] = [];
  const stop = stream.onRecord((record) => seen.push(record.data.toString()));
  put(stream, 'one', 'two');
  stop();
  put(stream, 'three');
  assert.deepEqual(seen, ['one', 'two']);
});

test('a stream that was closed takes nothing more', async (t) => {
  const { folder, open, put, all } = await start(t);
  const stream = open();
  put(stream, 'one');
  stream.close();
  stream.close();
  assert.throws(() => put(stream, 'two'), /is closed/);
  assert.deepEqual(all(stream), ['one']);
  assert.equal(readdirSync(folder).length, 1);
});
