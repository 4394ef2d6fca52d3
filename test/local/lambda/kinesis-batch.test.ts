import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamRecord } from '../../../local/aws/kinesis/segment.ts';
import {
  type BatchAnswer,
  type BatchRules,
  firstFailure,
  handleBatch,
} from '../../../local/lambda/kinesis-batch.ts';

const now = 1_000_000;

function record(name: string, age = 0): StreamRecord {
  return { sequenceNumber: name, partitionKey: 'k', data: Buffer.from(name), arrivedAt: now - age };
}

const batch = [...'abcdefgh'].map((name) => record(name));
const names = (records: readonly StreamRecord[]) => records.map((one) => one.sequenceNumber).join('');
const failure = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

for (const [what, answer, expected] of [
  ['nothing', undefined, undefined],
  ['null', null, undefined],
  ['another answer', { ok: true }, undefined],
  ['null failures', { batchItemFailures: null }, undefined],
  ['no failures', failure(), undefined],
  ['one record', failure('c'), 2],
  ['the lowest of many', failure('f', 'c', 'h'), 2],
  ['the first record', failure('a'), 0],
  ['an empty identifier', failure(''), 0],
  ['no identifier', { batchItemFailures: [{}] }, 0],
  ['a failure of null', { batchItemFailures: [null] }, 0],
  ['an unknown identifier', failure('z'), 0],
  ['an unknown one among known', failure('c', 'z'), 0],
] as const) {
  test(`an answer that reports ${what} fails from ${expected ?? 'nowhere'}`, () => {
    assert.equal(firstFailure(batch, { failed: false, answer }, true), expected);
  });
}

test('what a function reports is not heard when the mapping does not ask for it', () => {
  assert.equal(firstFailure(batch, { failed: false, answer: failure('c') }, false), undefined);
  assert.equal(firstFailure(batch, { failed: true }, false), 0);
});

interface Run {
  readonly invoked: string[];
  readonly checkpoints: string;
  readonly givenUp: string[];
  readonly done: boolean;
}

async function run(
  records: readonly StreamRecord[],
  rules: Partial<BatchRules>,
  answer: (names: string, invocation: number) => BatchAnswer,
  { backOffs = Number.POSITIVE_INFINITY, backOffTakes = 0 } = {},
): Promise<Run> {
  const invoked: string[] = [];
  const givenUp: string[] = [];
  let checkpoints = '';
  let waits = 0;
  const done = await handleBatch(
    records,
    {
      maximumRetryAttempts: 2,
      maximumRecordAge: 60_000,
      bisectBatchOnFunctionError: false,
      reportBatchItemFailures: true,
      ...rules,
    },
    {
      invoke: async (sent) => {
        invoked.push(names(sent));
        return answer(names(sent), invoked.length);
      },
      checkpoint: async (last) => {
        checkpoints += last.sequenceNumber;
      },
      giveUp: async (lost, why, invocations) => {
        givenUp.push(`${names(lost)} ${why} ${invocations}`);
      },
      backOff: async () => ++waits <= backOffs,
      now: () => now + waits * backOffTakes,
    },
  );
  return { invoked, checkpoints, givenUp, done };
}

const good: BatchAnswer = { failed: false, answer: undefined };
const bad: BatchAnswer = { failed: true };
const failsAt = (name: string) => (sent: string) =>
  sent.includes(name) ? ({ failed: false, answer: failure(name) } as const) : good;

test('a batch that succeeds is invoked once and checkpointed at its end', async () => {
  const result = await run(batch, {}, () => good);
  assert.deepEqual(result, { invoked: ['abcdefgh'], checkpoints: 'h', givenUp: [], done: true });
});

test('a batch that fails is retried as often as it may be, then given up whole', async () => {
  const result = await run(batch, {}, () => bad);
  assert.deepEqual(result.invoked, ['abcdefgh', 'abcdefgh', 'abcdefgh']);
  assert.deepEqual(result.givenUp, ['abcdefgh RetryAttemptsExhausted 3']);
  assert.equal(result.checkpoints, 'h');
});

test('a function that is not reached is tried until the records are too old, and for that alone they are given up', async () => {
  const throttled: BatchAnswer = { failed: true, notReached: true };
  const backOffTakes = 10_000;
  const forEver = await run(batch, { bisectBatchOnFunctionError: true }, () => throttled, { backOffTakes });
  assert.deepEqual(forEver.givenUp, ['abcdefgh RecordAgeExceeded 0']);
  assert.ok(forEver.invoked.length > 5 && forEver.invoked.every((sent) => sent === 'abcdefgh'));
  assert.equal(forEver.checkpoints, 'h');

  const aWhile = await run(batch, {}, (_, nth) => (nth < 5 ? throttled : good), { backOffTakes });
  assert.deepEqual([aWhile.givenUp, aWhile.invoked.length], [[], 5]);
});

test('without retries a batch is given up at its first failure', async () => {
  const result = await run(batch, { maximumRetryAttempts: 0 }, () => bad);
  assert.deepEqual(result.invoked, ['abcdefgh']);
  assert.deepEqual(result.givenUp, ['abcdefgh RetryAttemptsExhausted 1']);
});

test('after a partial success only what is left is sent again', async () => {
  const result = await run(batch, {}, (sent, nth) => (nth === 1 ? failsAt('d')(sent) : good));
  assert.deepEqual(result, { invoked: ['abcdefgh', 'defgh'], checkpoints: 'ch', givenUp: [], done: true });
});

test('a record that never succeeds takes those after it along when batches are not split', async () => {
  const result = await run(batch, { maximumRetryAttempts: 1 }, failsAt('d'));
  assert.deepEqual(result.invoked, ['abcdefgh', 'defgh', 'defgh']);
  assert.deepEqual(result.givenUp, ['defgh RetryAttemptsExhausted 2']);
  assert.equal(result.checkpoints, 'ch');
});

test('a record that never succeeds is given up alone when batches are split', async () => {
  const result = await run(
    batch,
    { maximumRetryAttempts: 1, bisectBatchOnFunctionError: true },
    failsAt('d'),
  );
  assert.deepEqual(result.invoked, ['abcdefgh', 'defgh', 'def', 'de', 'd', 'd', 'e', 'f', 'gh']);
  assert.deepEqual(result.givenUp, ['d RetryAttemptsExhausted 2']);
  assert.equal(result.checkpoints, 'cdefh');
  assert.equal(result.done, true);
});

test('splitting finds the bad record also when a function only throws', async () => {
  const rules = { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true };
  const result = await run(batch, rules, (sent) => (sent.includes('f') ? bad : good));
  assert.deepEqual(result.invoked, ['abcdefgh', 'abcd', 'efgh', 'ef', 'e', 'f', 'gh']);
  assert.deepEqual(result.givenUp, ['f RetryAttemptsExhausted 1']);
  assert.equal(result.checkpoints, 'defh');
});

test('records that are too old are given up without being sent', async () => {
  const result = await run([record('a', 60_001), record('b', 60_000), record('c')], {}, () => good);
  assert.deepEqual(result.invoked, ['bc']);
  assert.deepEqual(result.givenUp, ['a RecordAgeExceeded 0']);
  assert.equal(result.checkpoints, 'ac');
});

test('nothing is sent when all records are too old', async () => {
  const result = await run([record('a', 70_000), record('b', 65_000)], {}, () => good);
  assert.deepEqual(result, {
    invoked: [],
    checkpoints: 'b',
    givenUp: ['ab RecordAgeExceeded 0'],
    done: true,
  });
});

test('a batch called off between retries is neither checkpointed nor given up', async () => {
  for (const bisectBatchOnFunctionError of [true, false]) {
    const result = await run(batch, { bisectBatchOnFunctionError }, () => bad, { backOffs: 0 });
    assert.deepEqual(result, { invoked: ['abcdefgh'], checkpoints: '', givenUp: [], done: false });
  }
});
