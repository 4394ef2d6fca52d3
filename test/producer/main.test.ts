import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { writeProducerEnv } from '../../local/deployment/producer-env.ts';
import { provision } from '../../local/deployment/provision.ts';
import { names, pointAtThisMachine } from '../../local/environment.ts';
import { hour, second } from '../../party/clock.ts';
import { ImagesRecognition } from '../../party/recognition/images.ts';
import { type Pulse, Pulses } from '../../party/recognition/pulse.ts';
import { Wishes } from '../../party/recognition/wish.ts';
import { connectAws } from '../../producer/aws/aws.ts';
import { AwsClock } from '../../producer/aws/aws-clock.ts';
import { checkHealth } from '../../producer/health/health.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { childrenOf, childrenRunning, isRunning } from '../support/processes.ts';
import { heard, runProducer } from '../support/producer.ts';
import { openAws } from '../support/whole-aws.ts';

/** Nobody listens on this port. */
const noCamera = { CAMERA_URL: 'rtsp://127.0.0.1:9/door' };

/** AWS on this machine, and the settings for a producer; all ends with the test. */
async function openAll(t: TestContext) {
  const folder = await emptyFolder();
  const local = await openAws();
  t.after(() => local.close());
  pointAtThisMachine(local.url, undefined, 'images');
  await provision('123456:token');
  const aws = connectAws(
    {
      region: names.region,
      table: names.table,
      bucket: names.bucket,
      collection: names.collection,
      dataStream: names.dataStream,
      camera: '',
      mostSearches: 1000,
      healthFile: undefined,
    },
    new AwsClock(),
  );
  t.after(() => aws.close());
  return { folder, aws, envFile: await writeProducerEnv(folder, local.url, undefined) };
}

test('--help says what can be set, and starts nothing', async (t) => {
  const producer = runProducer(t, ['--help']);
  assert.equal(await producer.ended, 0);
  for (const name of [
    '--env-file',
    'CAMERA_URL',
    'CAMERA_PASSWORD',
    'TABLE_NAME',
    'AWS_PROFILE',
    'HEALTH_FILE',
    'RECOGNITION',
    'VIDEO_STREAM_NAME',
  ]) {
    assert.ok(producer.output().includes(name), name);
  }
});

for (const [what, args, env, words] of [
  ['an option that is none', ['--colour'], {}, /--colour.*\nSee npm run producer -- --help/s],
  [
    'no settings',
    [],
    {},
    /^The settings are not complete.*TABLE_NAME is not set: the stack's output TableName/s,
  ],
] as const) {
  test(`${what} is refused in words, with exit code 2`, async (t) => {
    const producer = runProducer(t, args, env);
    assert.equal(await producer.ended, 2);
    assert.match(producer.output(), words);
  });
}

test('a file of settings that is not there is refused in words', async (t) => {
  const producer = runProducer(t, ['--env-file', 'none.env']);
  // Node 20 looks for the option itself, wherever it stands, and then ends with 9.
  assert.ok([2, 9].includes((await producer.ended) ?? 0));
  assert.match(producer.output(), /none\.env/);
});

test('a computer whose clock is two hours ahead is heard, and says by how much', {
  timeout: 120_000,
}, async (t) => {
  const { aws, envFile } = await openAll(t);
  const ahead = 'data:text/javascript,const now = Date.now; Date.now = () => now() + 7200000;';
  runProducer(t, ['--env-file', envFile], { ...noCamera, NODE_OPTIONS: `--import=${encodeURI(ahead)}` });
  const knows = ({ clockOffset = 0 }: Pulse) => clockOffset > hour;
  const { clockOffset = 0, at } = await heard({ services: aws }, 'that knows its clock', knows);
  assert.ok(Math.abs(clockOffset - 2 * hour) < 3 * second, String(clockOffset));
  assert.ok(Math.abs(at - clockOffset - Date.now()) < 30 * second);
});

test('serves the chat’s wish though no camera answers, tells no secret, and ends with SIGTERM in order', {
  timeout: 180_000,
}, async (t) => {
  const { aws, envFile, folder } = await openAll(t);
  const wishes = new Wishes(aws.table, Date.now);
  const recognition = new ImagesRecognition(
    { wishes, pulses: new Pulses(aws.table), storage: aws.storage },
    Date.now,
  );

  assert.equal((await stat(envFile)).mode & 0o777, 0o600);
  const password = "p@ss w:o/r?d#%'";
  const healthFile = path.join(folder, 'health.json');
  const producer = runProducer(t, ['--env-file', envFile], {
    ...noCamera,
    CAMERA_USER: 'door-user',
    CAMERA_PASSWORD: password,
    HEALTH_FILE: healthFile,
  });
  await heard({ services: aws });
  assert.equal((await recognition.status()).state, 'off');
  assert.deepEqual(checkHealth(healthFile), { healthy: true, words: 'It waits for a party.' });
  assert.deepEqual(await childrenOf(producer.child.pid!), [], 'no engine runs while it waits');

  await recognition.start();
  const { state, pulse } = await recognition.status();
  assert.deepEqual([state, pulse?.frames], ['on', 0]);
  const troubled = await heard({ services: aws }, 'with a problem', ({ problem }) => problem !== undefined);
  assert.match(troubled.problem!, /^The camera does not answer/);
  const children = await childrenOf(producer.child.pid!);
  assert.equal((await childrenRunning('engine-process', producer.child.pid!)).length, 1);

  const begin = performance.now();
  producer.child.kill('SIGTERM');
  assert.equal(await producer.ended, 0);
  // compose.yaml lets it live for ten seconds.
  assert.ok(performance.now() - begin < 10 * second);
  assert.equal((await new Pulses(aws.table).read())?.serves, undefined, 'its last word');
  await eventually('its engine and what reads its camera have ended', () => !children.some(isRunning));

  const told = producer.output() + (await readFile(healthFile, 'utf8')) + JSON.stringify(troubled);
  for (const secret of [password, encodeURIComponent(password), 'door-user', 'local-only']) {
    assert.ok(!told.includes(secret), secret);
  }
  assert.ok(
    producer
      .output()
      .split('\n')
      .filter(Boolean)
      .every((line) => JSON.parse(line).level),
    'one document a line',
  );
});
