import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from 'aws-lambda';
import {
  type LambdaFunction,
  LambdaFunctions,
  UnknownFunctionError,
} from '../../../local/lambda/functions.ts';
import { gate } from './waiting.ts';

function functions(handlers: Record<string, LambdaFunction>) {
  const lines: string[] = [];
  return { lambda: new LambdaFunctions(handlers, { log: (line) => lines.push(line) }), lines };
}

test('a handler gets the event and a context, and its answer comes back as JSON', async () => {
  const { lambda } = functions({
    greet: {
      timeoutSeconds: 20,
      handler: async (event: { name: string }, context: Context) => ({
        text: `Hello ${event.name}`,
        of: context.functionName,
        id: context.awsRequestId,
        arn: context.invokedFunctionArn,
        timely: context.getRemainingTimeInMillis() > 19_000 && context.getRemainingTimeInMillis() <= 20_000,
      }),
    },
  });
  const result = await lambda.invoke('greet', '{"name":"Anna"}');
  assert.equal(result.functionError, undefined);
  assert.deepEqual(JSON.parse(result.payload), {
    text: 'Hello Anna',
    of: 'greet',
    id: result.requestId,
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:greet',
    timely: true,
  });
});

test('an answer of nothing is null', async () => {
  const { lambda } = functions({ quiet: { handler: async () => undefined } });
  assert.equal((await lambda.invoke('quiet', '{}')).payload, 'null');
});

test('what a handler throws becomes an error answer and a line in the log', async () => {
  const { lambda, lines } = functions({
    fails: {
      handler: async () => {
        throw new RangeError('no more carols');
      },
    },
    throwsText: { handler: () => Promise.reject('just text') },
    throwsAtOnce: {
      handler: () => {
        throw new Error('before any promise');
      },
    },
  });
  const result = await lambda.invoke('fails', '{}');
  assert.equal(result.functionError, 'Unhandled');
  const { errorType, errorMessage, trace } = JSON.parse(result.payload);
  assert.equal(errorType, 'RangeError');
  assert.equal(errorMessage, 'no more carols');
  assert.ok(Array.isArray(trace) && trace.length > 1);
  assert.match(lines[0] ?? '', /Lambda fails .*no more carols/s);
  assert.equal(JSON.parse((await lambda.invoke('throwsText', '{}')).payload).errorMessage, 'just text');
  assert.equal((await lambda.invoke('throwsAtOnce', '{}')).functionError, 'Unhandled');
});

test('an invocation whose time is up fails in the words of Lambda, and its late answer is dropped', async () => {
  const late = gate();
  const { lambda } = functions({ slow: { timeoutSeconds: 0.02, handler: () => late.promise } });
  const result = await lambda.invoke('slow', '{}');
  assert.equal(result.functionError, 'Unhandled');
  assert.deepEqual(JSON.parse(result.payload), {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 0.02 seconds`,
    trace: [],
  });
  late.fail(new Error('nobody hears this'));
});

test('a handler cannot reach into what the caller holds', async () => {
  const { lambda } = functions({
    careless: {
      handler: async (event: { list: number[] }) => {
        event.list.push(2);
        return event;
      },
    },
  });
  const event = { list: [1] };
  const { payload } = await lambda.invoke('careless', JSON.stringify(event));
  assert.deepEqual(event, { list: [1] });
  assert.deepEqual(JSON.parse(payload), { list: [1, 2] });
});

test('a function that is not there is said to be so', async () => {
  const { lambda } = functions({});
  await assert.rejects(lambda.invoke('nobody', '{}'), UnknownFunctionError);
});

test('closing waits for what runs', async () => {
  const held = gate<string>();
  const { lambda } = functions({ slow: { handler: () => held.promise } });
  const running = lambda.invoke('slow', '{}');
  const events: string[] = [];
  const closing = lambda.close(60_000).then(() => events.push('closed'));
  void running.then(() => events.push('answered'));
  held.open('done');
  await Promise.all([running, closing]);
  assert.deepEqual(events.sort(), ['answered', 'closed']);
});
