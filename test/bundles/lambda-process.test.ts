import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { credentials } from '../../local/environment.ts';
import { lambdaContext } from '../../local/lambda/context.ts';
import { minute, second } from '../../party/clock.ts';
import { emptyFolder } from '../support/folder.ts';
import { whyNoShare } from '../support/stack/cpu-share.ts';
import { LambdaProcesses, lambdaEnvironment, sandbox } from '../support/stack/lambda-process.ts';

/** A function of a few lines, run as the bundles are. */
async function open(t: TestContext, code: string, memory = 256, { hasShare = false } = {}) {
  const folder = await emptyFolder();
  await writeFile(path.join(folder, 'index.mjs'), code);
  const bundle = {
    folder,
    handler: 'index.handler',
    env: lambdaEnvironment('joy', memory, credentials),
  };
  const runs = new LambdaProcesses(() => bundle, { hasShare });
  t.after(() => runs.close());
  let id = 0;
  const invoke = (event: unknown, within = minute) =>
    runs.invoke(event, lambdaContext({ name: 'joy', requestId: `r${id++}`, deadline: Date.now() + within }));
  return { runs, invoke };
}

describe('a function in a process of its own', { concurrency: true }, () => {
  test('answers one invocation after the other from one process, with Lambda’s context and no home', async (t) => {
    const { runs, invoke } = await open(
      t,
      `let calls = 0;
       export const handler = async (event, { awsRequestId, memoryLimitInMB, getRemainingTimeInMillis }) =>
         ({ event, calls: ++calls, awsRequestId, memoryLimitInMB, left: getRemainingTimeInMillis() > 0, home: process.env.HOME ?? null });`,
    );
    const rest = { memoryLimitInMB: '256', left: true, home: null };
    assert.deepEqual(await invoke({ a: 'é' }), { event: { a: 'é' }, calls: 1, awsRequestId: 'r0', ...rest });
    assert.deepEqual(await invoke(null), { event: null, calls: 2, awsRequestId: 'r1', ...rest });
    assert.equal(runs.figures.starts.length, 1);
  });

  test('whose handler throws fails by name, and goes on in the same process', async (t) => {
    const { runs, invoke } = await open(
      t,
      `export const handler = async (wrong) => { if (wrong) throw new RangeError('too far'); return 1; };`,
    );
    await assert.rejects(invoke(true), { name: 'RangeError', message: 'too far' });
    assert.equal(await invoke(false), 1);
    assert.equal(runs.figures.starts.length, 1);
  });

  test('whose time is up is killed, and the next invocation has a new process', async (t) => {
    const { runs, invoke } = await open(
      t,
      `export const handler = async (hangs) => { if (hangs) await new Promise(() => setInterval(() => {}, 1e6)); return 1; };`,
    );
    assert.equal(await invoke(false), 1);
    await assert.rejects(invoke(true, second / 2), { name: 'Sandbox.Timedout' });
    assert.equal(await invoke(false), 1);
    assert.equal(runs.figures.starts.length, 2);
  });

  test('can write to a /tmp of its own, and nowhere else', { skip: sandbox.whyNot ?? false }, async (t) => {
    const { invoke } = await open(
      t,
      `import { readdir, writeFile } from 'node:fs/promises';
       const code = (file) => writeFile(file, 'x').then(() => 'written', ({ code }) => code);
       export const handler = async () =>
         [await code('beside.txt'), await code('/etc/x'), await code('/tmp/x'), await readdir('.')];`,
    );
    assert.deepEqual(await invoke({}), ['EROFS', 'EROFS', 'written', ['index.mjs']]);
  });

  test('that leaves an error uncaught ends, and says which', async (t) => {
    const { invoke } = await open(
      t,
      `export const handler = () => new Promise(() => setTimeout(() => { throw new TypeError('nobody catches it'); }));`,
    );
    await assert.rejects(invoke({}), { name: 'TypeError', message: 'nobody catches it' });
  });

  test('that wants a callback, or is none, does not start', async (t) => {
    const wants = await open(t, `export const handler = (event, context, callback) => callback(null, 1);`);
    await assert.rejects(wants.invoke({}), { name: 'Runtime.CallbackHandlerDeprecated' });
    const none = await open(t, `export const handler = 1;`);
    await assert.rejects(none.invoke({}), { name: 'Runtime.HandlerNotFound' });
  });

  test('that holds more memory than it has is ended', async (t) => {
    const code = `export const handler = async (size) => Buffer.alloc(size * 2 ** 20, 1).length;`;
    const { invoke } = await open(t, code, 160);
    assert.equal(await invoke(1), 2 ** 20);
    await assert.rejects(invoke(300), { name: 'Runtime.OutOfMemory' });
  });

  test('has no more of the processor than its memory is worth', { skip: whyNoShare ?? false }, async (t) => {
    const { invoke } = await open(
      t,
      `export const handler = async (micros) => {
         const began = performance.now();
         const before = process.cpuUsage();
         const used = () => { const { user, system } = process.cpuUsage(before); return user + system; };
         while (used() < micros);
         return performance.now() - began;
       };`,
      // A tenth of a processor.
      177,
      { hasShare: true },
    );
    const took = Number(await invoke(200_000));
    // What it has left of a period, and of the one that it begins in, it may use at once.
    assert.ok(took > 1500, `${took} ms for a fifth of a second of work`);
  });
});
