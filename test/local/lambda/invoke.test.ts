import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readJsonLines } from '../../../local/disk/json-lines.ts';
import { LambdaFunctions, UnknownFunctionError } from '../../../local/lambda/functions.ts';
import { AsyncInvocations, type AsyncInvocationsOptions } from '../../../local/lambda/invoke.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { Collected, gate } from './waiting.ts';

/** A queue whose function's attempts are collected, and fail as long as `fails` says so. */
async function start(
  t: TestContext,
  options: Partial<AsyncInvocationsOptions> & { fails?: (nth: number) => boolean },
) {
  const folder = options.folder ?? (await emptyFolder());
  const attempts = new Collected<string>();
  const ended = new Collected<string>();
  const functions = new LambdaFunctions(
    {
      pictures: {
        handler: async (event: unknown, { awsRequestId }) => {
          attempts.add(awsRequestId);
          if (options.fails?.(attempts.items.length)) throw new Error('blurred');
          ended.add(JSON.stringify(event));
        },
      },
    },
    { log: () => undefined },
  );
  const invocations = new AsyncInvocations({ functions, folder, retryDelaysMs: [0, 0], ...options });
  invocations.resume();
  t.after(() => invocations.close(0));
  return {
    folder,
    invocations,
    attempts,
    ended,
    waiting: () => readdirSync(join(folder, 'lambda', 'queue')),
  };
}

test('an accepted event is invoked once and then forgotten', async (t) => {
  const { invocations, attempts, ended, waiting } = await start(t, {});
  const requestId = await invocations.accept('pictures', '{"at":1}');
  assert.deepEqual(await ended.count(1), ['{"at":1}']);
  await invocations.close();
  assert.deepEqual(attempts.items, [requestId]);
  assert.deepEqual(waiting(), []);
});

test('an event that fails is retried, with the same request id', async (t) => {
  const { invocations, attempts, ended, waiting } = await start(t, { fails: (nth) => nth < 3 });
  const requestId = await invocations.accept('pictures', '{}');
  await ended.count(1);
  await invocations.close();
  assert.deepEqual(attempts.items, [requestId, requestId, requestId]);
  assert.deepEqual(waiting(), []);
  assert.deepEqual(readJsonLines(invocations.deadLetters), []);
});

test('an event that fails three times becomes a dead letter with all that is known', async (t) => {
  const { invocations, attempts, waiting } = await start(t, { fails: () => true });
  const requestId = await invocations.accept('pictures', '{"at":1}');
  await attempts.count(3);
  await invocations.close();
  assert.equal(attempts.items.length, 3);
  const [letter, ...others] = readJsonLines<Record<string, unknown>>(invocations.deadLetters);
  assert.equal(others.length, 0);
  assert.deepEqual(letter?.requestContext, {
    requestId,
    functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:pictures:$LATEST',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  });
  assert.deepEqual(letter.requestPayload, { at: 1 });
  assert.equal((letter.responsePayload as { errorMessage: string }).errorMessage, 'blurred');
  assert.deepEqual(waiting(), []);
});

test('an event accepted by a process that was killed is invoked by the next', async (t) => {
  // This one is never closed, and what it began never ends: as after kill -9.
  const never = gate();
  const folder = await emptyFolder();
  const begun = new Collected<unknown>();
  const functions = new LambdaFunctions({
    pictures: {
      timeoutSeconds: 60,
      handler: async () => {
        begun.add(undefined);
        await never.promise;
      },
    },
  });
  const first = new AsyncInvocations({ functions, folder });
  t.after(async () => {
    never.open();
    await first.close();
  });
  const requestId = await first.accept('pictures', '{"at":2}');
  await begun.count(1);

  const { attempts, ended, invocations } = await start(t, { folder });
  await ended.count(1);
  assert.deepEqual(attempts.items, [requestId]);
  assert.deepEqual(ended.items, ['{"at":2}']);
  await invocations.close();
});

test('invocations count over restarts, so that an event that kills the process ends as a dead letter', async (t) => {
  const { folder, invocations, attempts, waiting } = await start(t, {
    fails: () => true,
    retryDelaysMs: [3_600_000, 3_600_000],
  });
  await invocations.accept('pictures', '{}');
  await attempts.count(1);
  await invocations.close();
  const [file] = waiting();
  assert.equal(JSON.parse(readFileSync(join(folder, 'lambda', 'queue', file ?? ''), 'utf8')).invocations, 1);

  const again = await start(t, { folder, fails: () => true });
  await again.attempts.count(2);
  await again.invocations.close();
  assert.equal(again.attempts.items.length, 2);
  assert.equal(readJsonLines(again.invocations.deadLetters).length, 1);
});

test('an event that is too old is given up without being invoked', async (t) => {
  const { invocations, attempts } = await start(t, { maximumEventAgeMs: -1 });
  await invocations.accept('pictures', '{}');
  await invocations.close();
  assert.equal(attempts.items.length, 0);
  const [letter] = readJsonLines<{ requestContext: { condition: string } }>(invocations.deadLetters);
  assert.equal(letter?.requestContext.condition, 'EventAgeExceeded');
});

test('how old an event is goes by the clock that is handed in', async (t) => {
  const clock = { now: 0 };
  const { invocations, ended } = await start(t, {
    fails: (nth) => {
      clock.now += nth === 2 ? 7 * 3_600_000 : 0;
      return nth < 3;
    },
    now: () => clock.now,
  });
  await invocations.accept('pictures', '{}');
  const letters = () =>
    readJsonLines<{ timestamp: string; requestContext: { condition: string } }>(invocations.deadLetters);
  await eventually('it succeeds or is given up', () => ended.items.length + letters().length > 0);
  assert.deepEqual(ended.items, []);
  const [letter] = letters();
  assert.equal(letter?.requestContext.condition, 'EventAgeExceeded');
  assert.equal(letter.timestamp, '1970-01-01T07:00:00.000Z');
});

test('what the last process left waits until all that functions need is there', async (t) => {
  const { folder, invocations } = await start(t, {});
  await invocations.close();
  await invocations.accept('pictures', '{"at":3}');
  const seen = new Collected<unknown>();
  const functions = new LambdaFunctions({ pictures: { handler: async (event: unknown) => seen.add(event) } });
  const next = new AsyncInvocations({ functions, folder });
  t.after(() => next.close());
  await new Promise(setImmediate);
  assert.deepEqual(seen.items, []);
  next.resume();
  next.resume();
  assert.deepEqual(await seen.count(1), [{ at: 3 }]);
  await next.close();
  assert.equal(seen.items.length, 1);
});

test('no event is accepted for a function that is not there', async (t) => {
  const { invocations, waiting } = await start(t, {});
  await assert.rejects(invocations.accept('nobody', '{}'), UnknownFunctionError);
  assert.deepEqual(waiting(), []);
});
