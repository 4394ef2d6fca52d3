import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LambdaFunctions, UnknownFunctionError } from '../../../local/lambda/functions.ts';
import { startSchedule } from '../../../local/lambda/schedule.ts';
import { movableTime } from '../../support/clock.ts';
import { Collected, gate } from './waiting.ts';

test('a function is invoked again and again with the event of a schedule, also when it fails', async (t) => {
  const events = new Collected<Record<string, unknown>>();
  const functions = new LambdaFunctions(
    {
      tick: {
        handler: async (event: Record<string, unknown>) => {
          events.add(event);
          throw new Error('every time');
        },
      },
    },
    { log: () => undefined },
  );
  const schedule = startSchedule({ functions, functionName: 'tick', intervalMs: 1 });
  t.after(() => schedule.close());
  const [first] = await events.count(3);
  assert.equal(first?.['detail-type'], 'Scheduled Event');
  assert.equal(first.source, 'aws.events');
  assert.ok(Date.parse(String(first.time)) > 0);
});

test('invocations never overlap, and closing waits for the one in work', async (t) => {
  const begun = new Collected<number>();
  const held = gate();
  let running = 0;
  const functions = new LambdaFunctions({
    tick: {
      handler: async () => {
        begun.add(++running);
        if (begun.items.length === 2) await held.promise;
        else await new Promise(setImmediate);
        running -= 1;
      },
    },
  });
  const schedule = startSchedule({ functions, functionName: 'tick', intervalMs: 1 });
  t.after(() => schedule.close());
  await begun.count(2);
  let closed = false;
  const closing = schedule.close(60_000).then(() => {
    closed = true;
  });
  await new Promise(setImmediate);
  assert.equal(closed, false);
  held.open();
  await closing;
  assert.deepEqual(begun.items, [1, 1]);
});

test('a clock that is set back keeps no invocation waiting', async (t) => {
  const time = movableTime(t);
  const events = new Collected<unknown>();
  const functions = new LambdaFunctions({ tick: { handler: async (event: unknown) => events.add(event) } });
  const schedule = startSchedule({ functions, functionName: 'tick', intervalMs: 20 });
  t.after(() => schedule.close());
  await events.count(1);
  time.pass(-24 * 3_600_000);
  await events.count(4);
});

test('a function that is not there is not scheduled', () => {
  const functions = new LambdaFunctions({});
  assert.throws(() => startSchedule({ functions, functionName: 'tick' }), UnknownFunctionError);
});
