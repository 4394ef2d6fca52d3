import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import * as rekognition from '@aws-sdk/client-rekognition';
import { jsonRpcService } from '../../../local/aws/protocol/json-rpc.ts';
import { streamProcessorOperations } from '../../../local/aws/rekognition/stream-processor-operations.ts';
import { type ProcessorWork, StreamProcessors } from '../../../local/aws/rekognition/stream-processors.ts';
import { removeStreamProcessor } from '../../../party/recognition/remove-stream-processor.ts';
import { serve } from '../../local/aws/serve.ts';
import { emptyFolder } from '../../support/folder.ts';

const name = 'front-door';
const never = new AbortController().signal;
const shortPause = () => delay(2);

/** Real stream processors behind the real client, whose work is the test's. */
async function start(t: TestContext, work: ProcessorWork) {
  const processors = new StreamProcessors(await emptyFolder(), work, (line) => t.diagnostic(line));
  const service = jsonRpcService<typeof rekognition>({
    name: 'Rekognition',
    signingName: 'rekognition',
    prefix: 'RekognitionService',
    client: rekognition,
    constraints: {},
    operations: streamProcessorOperations(processors),
  });
  const client = new rekognition.RekognitionClient(await serve(t, service));
  t.after(async () => {
    client.destroy();
    await processors.close();
  });
  const make = () =>
    processors.create({
      name,
      roleArn: 'arn:aws:iam::000000000000:role/stream-processor',
      videoStreamArn: 'arn:aws:kinesisvideo:us-east-1:000000000000:stream/front-door/1',
      dataStreamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/records',
      collectionId: 'guests',
      threshold: 80,
    });
  return { client, processors, make };
}

const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
const runs: ProcessorWork = (_processor, signal, running) => {
  running();
  return untilStopped(signal);
};
const neverStarts: ProcessorWork = (_processor, signal) => untilStopped(signal);
const fails: ProcessorWork = () => Promise.reject(new Error('no video stream'));
/** Runs on though it was stopped, until it is let go. */
function stopsLate() {
  let letGo = (): void => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work: ProcessorWork = (_processor, _signal, running) => {
    running();
    return gone;
  };
  return { work, letGo };
}

for (const [status, work] of [
  ['RUNNING', runs],
  ['STARTING', neverStarts],
  ['FAILED', fails],
] as const) {
  test(`a stream processor that is ${status} is stopped and deleted`, async (t) => {
    const { client, processors, make } = await start(t, work);
    await make();
    await processors.start(name);
    while (processors.get(name).status !== status) await new Promise(setImmediate);

    await removeStreamProcessor(client, name, never, shortPause);

    assert.deepEqual(processors.all(), []);
  });
}

test('one that is stopping is waited for', async (t) => {
  const { work, letGo } = stopsLate();
  const { client, processors, make } = await start(t, work);
  await make();
  await processors.start(name);
  await processors.stop(name);

  const removed = removeStreamProcessor(client, name, never, shortPause);
  assert.equal(processors.get(name).status, 'STOPPING');
  letGo();
  await removed;

  assert.deepEqual(processors.all(), []);
});

test('one that was never started is deleted, and none is needed', async (t) => {
  const { client, processors, make } = await start(t, runs);
  await make();
  await removeStreamProcessor(client, name, never, shortPause);
  assert.deepEqual(processors.all(), []);
  await removeStreamProcessor(client, name, never, shortPause);
});

test('the waiting for one that does not stop ends when its time is up', async (t) => {
  const { work, letGo } = stopsLate();
  const { client, processors, make } = await start(t, work);
  await make();
  await processors.start(name);
  const time = new AbortController();
  const removed = removeStreamProcessor(client, name, time.signal);
  while (processors.get(name).status !== 'STOPPING') await new Promise(setImmediate);

  time.abort();

  await assert.rejects(removed, { name: 'AbortError' });
  assert.equal(processors.get(name).status, 'STOPPING');
  letGo();
});
