import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  InvalidRequestContentException,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  ListFunctionsCommand,
  RequestTooLargeException,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { lambdaService } from '../../../local/aws/lambda.ts';
import { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../../local/lambda/invoker.ts';
import { emptyFolder } from '../../support/folder.ts';
import { Collected } from '../lambda/waiting.ts';
import { serve } from './serve.ts';

async function start(t: TestContext) {
  const events = new Collected<unknown>();
  const functions = new LambdaFunctions(
    {
      pictures: {
        handler: async (event: unknown) => {
          events.add(event);
          return { echo: event };
        },
      },
      broken: { handler: () => Promise.reject(new TypeError('no lens')) },
    },
    { log: () => undefined },
  );
  const queue = new AsyncInvocations({ functions, folder: await emptyFolder() });
  t.after(() => queue.close());
  const client = new LambdaClient(await serve(t, lambdaService(lambdaInvoker(functions, queue))));
  t.after(() => client.destroy());
  const invoke = (input: Partial<InvokeCommandInput>) =>
    client.send(new InvokeCommand({ FunctionName: 'pictures', ...input }));
  return { client, events, invoke };
}

const json = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString());

test('a function is asked and answers', async (t) => {
  const { invoke } = await start(t);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:pictures';
  for (const FunctionName of [
    'pictures',
    'pictures:$LATEST',
    arn,
    `${arn}:live`,
    '000000000000:function:pictures',
  ]) {
    const answer = await invoke({ FunctionName, Payload: '{"at":1}' });
    assert.equal(answer.StatusCode, 200);
    assert.equal(answer.FunctionError, undefined);
    assert.deepEqual(json(answer.Payload), { echo: { at: 1 } });
  }
  assert.deepEqual(json((await invoke({})).Payload), { echo: {} });
});

test("a function's error is an answer, not an error of the call", async (t) => {
  const { invoke } = await start(t);
  const answer = await invoke({ FunctionName: 'broken' });
  assert.equal(answer.StatusCode, 200);
  assert.equal(answer.FunctionError, 'Unhandled');
  assert.equal(json(answer.Payload).errorType, 'TypeError');
});

test('an event is accepted at once and invoked after', async (t) => {
  const { events, invoke } = await start(t);
  const answer = await invoke({ InvocationType: 'Event', Payload: '{"at":1}' });
  assert.equal(answer.StatusCode, 202);
  assert.deepEqual(await events.count(1), [{ at: 1 }]);
});

test('a dry run runs nothing', async (t) => {
  const { events, invoke } = await start(t);
  assert.equal((await invoke({ InvocationType: 'DryRun' })).StatusCode, 204);
  assert.equal(events.items.length, 0);
});

test('what Lambda refuses is refused', async (t) => {
  const { client, events, invoke } = await start(t);
  const payload = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));
  await assert.rejects(invoke({ FunctionName: 'nobody' }), ResourceNotFoundException);
  await assert.rejects(invoke({ Payload: '{"half' }), InvalidRequestContentException);
  const InvocationType = 'Event';
  await assert.rejects(
    invoke({ InvocationType, Payload: payload(256 * 1024 + 1) }),
    RequestTooLargeException,
  );
  await assert.rejects(invoke({ Payload: payload(6 * 1024 * 1024 + 1) }), RequestTooLargeException);
  await assert.rejects(client.send(new ListFunctionsCommand()), { name: 'UnknownOperationException' });
  assert.equal(events.items.length, 0);
  await invoke({ InvocationType, Payload: payload(256 * 1024) });
  await events.count(1);
});
