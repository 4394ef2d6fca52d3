import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Context } from 'aws-lambda';
import { GrammyError } from 'grammy';
import { entry, type Handle } from '../../lambdas/entry.ts';
import { loggable } from '../../party/loggable.ts';
import { createServices, type Services } from '../../party/services.ts';
import { openBotHouse } from '../support/bot-house.ts';

const context = (awsRequestId: string): Context =>
  ({ awsRequestId, functionName: 'door', functionVersion: '$LATEST', memoryLimitInMB: '512' }) as Context;

/** What a Lambda wrote: Powertools' lines, as objects. */
interface Written {
  readonly [name: string]: unknown;
  readonly _aws?: {
    readonly CloudWatchMetrics: ReadonlyArray<{
      readonly Namespace: string;
      readonly Dimensions: readonly string[][];
      readonly Metrics: ReadonlyArray<{ readonly Name: string; readonly Unit: string }>;
    }>;
  };
}

/** An entry whose lines are kept; with the variables of one machine, but for those given. */
async function opened<Answer>(
  t: TestContext,
  handle: (services: Services) => Handle<unknown, Answer>,
  env: Readonly<Record<string, string>> = {},
) {
  await openBotHouse(t);
  const before = { ...process.env };
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_LOG_LEVEL: 'DEBUG', ...env });
  const lines: Written[] = [];
  for (const level of ['log', 'debug', 'info', 'warn', 'error'] as const)
    t.mock.method(console, level, (line: string) => lines.push(JSON.parse(line)));
  t.after(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
  return { lines, handler: entry('door', createServices, async (services) => handle(services)) };
}

test('each line says which request it is of, and whether the start was cold', async (t) => {
  const onLambda = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' };
  const { lines, handler } = await opened(
    t,
    ({ log }) =>
      async () =>
        log.info('Here', { guestId: 'g1' }),
    onLambda,
  );
  await handler({}, context('first'));
  await handler({}, context('second'));
  assert.deepEqual(
    lines.map(({ function_request_id, cold_start, service, guestId }) => [
      function_request_id,
      cold_start,
      service,
      guestId,
    ]),
    [
      ['first', true, 'door', 'g1'],
      ['second', false, 'door', 'g1'],
    ],
  );
});

const measuring =
  ({ metrics }: Services): Handle<unknown, void> =>
  async (event, began) => {
    assert.ok(Math.abs(Date.now() - began) < 10_000);
    metrics.count('RecordsBroken', 0);
    metrics.count('Gaps');
    metrics.time('FrameToSent', 1200);
    metrics.time('FrameToSent', 900);
    if (event === 'fail') throw new Error('No luck.');
  };

test('what was measured is written when the invocation ends, well or not, by service alone', async (t) => {
  const { lines, handler } = await opened(t, measuring, { POWERTOOLS_METRICS_DISABLED: 'false' });
  await handler('work');
  await assert.rejects(handler('fail'), /No luck/);
  assert.equal(lines.length, 2);
  for (const line of lines) {
    const [directive] = line._aws!.CloudWatchMetrics;
    assert.equal(directive?.Namespace, 'MusicalJoy');
    assert.deepEqual(directive?.Dimensions, [['service']]);
    assert.deepEqual(
      directive?.Metrics.map(({ Name, Unit }) => [Name, Unit]),
      [
        ['Gaps', 'Count'],
        ['FrameToSent', 'Milliseconds'],
      ],
    );
    assert.deepEqual([line.service, line.Gaps, line.FrameToSent], ['door', 1, [1200, 900]]);
  }
});

test('a second house’s metrics go under its own name', async (t) => {
  const env = { POWERTOOLS_METRICS_DISABLED: 'false', POWERTOOLS_METRICS_NAMESPACE: 'Summerhouse' };
  const { lines, handler } = await opened(t, measuring, env);
  await handler('work');
  assert.equal(lines[0]?._aws?.CloudWatchMetrics[0]?.Namespace, 'Summerhouse');
});

test('on one machine no metrics are written', async (t) => {
  const { lines, handler } = await opened(t, measuring);
  assert.equal(process.env.POWERTOOLS_METRICS_DISABLED, 'true');
  await handler('work');
  assert.deepEqual(lines, []);
});

const token = '4200000001:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp';
/** Errors as they are thrown in the house, full of what must be nowhere. */
const talkative: Array<[what: string, error: unknown]> = [
  [
    'a call that Telegram refused',
    new GrammyError(
      'Call to sendPhoto failed!',
      { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
      'sendPhoto',
      { chat_id: 1, caption: 'Xaverina has arrived', photo: Buffer.from('picture of Xaverina') },
    ),
  ],
  [
    'a download with its address',
    Object.assign(new TypeError(`fetch failed: https://api.telegram.org/file/bot${token}/photos/1.jpg`), {
      cause: new Error(`Xaverina at ${token}`),
      payload: 'Xaverina',
    }),
  ],
  ['no error at all', { name: 'Xaverina', token }],
  ['a text', `Xaverina ${token}`],
];
for (const [what, error] of talkative) {
  test(`of ${what} that leaves a Lambda, neither names nor pictures nor tokens go into its log`, async (t) => {
    const { handler } = await opened(t, () => () => Promise.reject(error));
    const left = await handler({}).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    assert.ok(left instanceof Error);
    // As Lambda's own runtime writes it: all members, and the stack.
    const written = JSON.stringify({ ...left, message: left.message, stack: left.stack, cause: left.cause });
    const logged = JSON.stringify(loggable(error));
    for (const text of ['Xaverina', token, token.split(':')[1]!, Buffer.from('picture').toString('base64')]) {
      assert.ok(!written.includes(text), `${text} left: ${written}`);
      assert.ok(!logged.includes(text), `${text} is logged: ${logged}`);
    }
    assert.deepEqual(Object.keys(left), []);
    if (error instanceof Error) assert.equal(left.name, error.name);
  });
}
