import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createCustomResource, type Work } from '../../../lambdas/setup/custom-resource.ts';
import { openCloudFormation } from '../../support/cloudformation.ts';
import { keptLog } from '../../support/log.ts';

/** A custom resource that does this work, and the event that asks for it. */
async function start(t: TestContext, work: Work) {
  const cloudFormation = await openCloudFormation(t);
  const log = keptLog();
  const handler = createCustomResource(work, log);
  const event = cloudFormation.event('Create', {});
  const run = (milliseconds = 60_000) => {
    const end = Date.now() + milliseconds;
    return handler(event, { getRemainingTimeInMillis: () => end - Date.now() });
  };
  return { cloudFormation, event, log, run };
}

test('what was done is answered with all that CloudFormation asks for', async (t) => {
  const { cloudFormation, event, run } = await start(t, async () => ({ status: 'SUCCESS', reason: 'Done.' }));
  await run();
  const { StackId, RequestId, LogicalResourceId } = event;
  assert.deepEqual(cloudFormation.answered[0]?.answer, {
    Status: 'SUCCESS',
    Reason: 'Done.',
    PhysicalResourceId: `setup-${RequestId}`,
    StackId,
    RequestId,
    LogicalResourceId,
  });
});

test('work that throws is answered as a failure', async (t) => {
  const { cloudFormation, run } = await start(t, () => Promise.reject(new Error('the moon is full')));
  await run();
  assert.equal(cloudFormation.answered[0]?.answer.Status, 'FAILED');
  assert.equal(cloudFormation.answered[0]?.answer.Reason, 'the moon is full');
});

test('work that does not end is answered before the function’s time is up', async (t) => {
  const { cloudFormation, run } = await start(t, () => new Promise(() => {}));
  await run(10_050);
  assert.equal(cloudFormation.answered[0]?.answer.Status, 'FAILED');
  assert.match(cloudFormation.answered[0]?.answer.Reason ?? '', /time was up/);
});

test('a reason that is too long for CloudFormation is cut', async (t) => {
  const { cloudFormation, run } = await start(t, () => Promise.reject(new Error('é'.repeat(5000))));
  await run();
  assert.ok(Buffer.byteLength(JSON.stringify(cloudFormation.answered[0]?.answer)) <= 4096);
});

test('an answer that is not taken is given again', async (t) => {
  const { cloudFormation, run } = await start(t, async () => ({ status: 'SUCCESS' }));
  cloudFormation.refusals.push(503, 500);
  await run();
  assert.equal(cloudFormation.answered.length, 1);
});

test('an answer that nobody takes fails the function, so that Lambda runs it again, and tells no address', async (t) => {
  const { cloudFormation, log, run } = await start(t, async () => ({ status: 'SUCCESS' }));
  cloudFormation.refusals.push(...Array(100).fill(403));
  await assert.rejects(run(4_600), (error: Error) => {
    assert.match(error.message, /status 403/);
    assert.ok(!`${error.stack}${log.lines}`.includes('a-secret-of-its-own'));
    return true;
  });
});
