import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { tryAlarms } from '../../deploy/check/alarms.ts';
import { arriveByRecord } from '../../deploy/check/arrival.ts';
import { reportOf, withoutSecrets } from '../../deploy/check/report.ts';
import { createMatch } from '../../lambdas/match.ts';
import { createTick } from '../../lambdas/tick.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import type { Service } from '../../local/aws/service.ts';
import { signedFor } from '../../local/aws/signature.ts';
import { credentials, names } from '../../local/environment.ts';
import { hour } from '../../party/clock.ts';
import { afterwards } from '../local/telegram/stand.ts';
import { chatOf } from '../support/bot-chat.ts';
import { type BotHouse, openBotHouse } from '../support/bot-house.ts';
import { openCloud } from './cloud.ts';
import { run } from './command.ts';

const waiting = { most: 10_000, pollEvery: 20 };

/** CloudWatch with these alarms. @param onSet told of each state that is set */
async function openCloudWatch(
  t: TestContext,
  alarms: readonly string[],
  onSet: (name: string, state: string) => Promise<void>,
): Promise<CloudWatchClient> {
  const service: Service = {
    name: 'CloudWatch',
    signingName: 'monitoring',
    accepts: (request) => signedFor(request) === 'monitoring',
    async answer({ headers, body }) {
      const input = JSON.parse(body.toString());
      const isList = String(headers['x-amz-target']).endsWith('DescribeAlarms');
      if (!isList) await onSet(input.AlarmName, input.StateValue);
      const found = alarms.filter((name) => name.startsWith(input.AlarmNamePrefix));
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify(isList ? { MetricAlarms: found.map((AlarmName) => ({ AlarmName })) } : {}),
      };
    },
  };
  const { url, close } = await startAwsServer({ port: 0, services: [service], credentials });
  afterwards(t, close);
  return new CloudWatchClient({ endpoint: url, region: names.region, credentials });
}

/** What CloudWatch and SNS bring to the tick. */
const alarmEvent = (AlarmName: string, NewStateValue: string) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      Sns: {
        MessageId: AlarmName,
        Message: JSON.stringify({ AlarmName, NewStateValue, StateChangeTime: new Date().toISOString() }),
      },
    },
  ],
});

const told = async ({ host }: BotHouse): Promise<string[]> =>
  (await host.messages()).flatMap(({ text, caption }) => text ?? caption ?? []);

test('each alarm is set off, and the chat hears of it; of whom nobody heard, that is told', async (t) => {
  const house = await openBotHouse(t);
  const tick = createTick(house.services, chatOf(house));
  const set: string[] = [];
  const alarms = ['MusicalJoyCheck-MatchErrors', 'MusicalJoyCheck-TickErrors', 'MusicalJoy-TickErrors'];
  const cloudWatch = await openCloudWatch(t, alarms, async (name, state) => {
    set.push(`${name} ${state}`);
    await tick(alarmEvent(name, state));
  });
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  await tryAlarms(cloudWatch, house.services.table, 'MusicalJoyCheck', waiting, say);
  assert.deepEqual(set, [
    'MusicalJoyCheck-MatchErrors ALARM',
    'MusicalJoyCheck-MatchErrors OK',
    'MusicalJoyCheck-TickErrors ALARM',
    'MusicalJoyCheck-TickErrors OK',
  ]);
  assert.match(said[0]!, /^MusicalJoyCheck-MatchErrors: told after \d+\.\d s$/);
  assert.ok((await told(house)).some((text) => /trouble with the door/.test(text)));

  const deaf = await openCloudWatch(t, ['MusicalJoyCheck-DoorErrors'], async () => {});
  await assert.rejects(
    tryAlarms(deaf, house.services.table, 'MusicalJoyCheck', { most: 50, pollEvery: 10 }, say),
    /MusicalJoyCheck-DoorErrors: the chat did not hear of it/,
  );
});

test('a record written by hand has a guest arrive, and how long that took is told', async (t) => {
  const house = await openBotHouse(t);
  const { services, host } = house;
  await services.guests.add('anna', 'Anna');
  await services.guests.addPhoto('anna', { photoId: 'p', faceIds: ['face-1'], key: 'photos/p' });
  await services.people.assign('face-1', { kind: 'guest', id: 'anna' });
  const chatId = host.person.id;
  const party = await services.parties.start({ chatId, startedBy: chatId, endsAt: Date.now() + hour });
  const kinesis = new KinesisClient();
  const match = createMatch(services, chatOf(house));
  const ended = new AbortController();
  const reading = readOn(kinesis, ended.signal, match);
  const said: string[] = [];
  const arriving = { party: party!, guestId: 'anna', faceId: 'face-1', stream: names.dataStream };
  await arriveByRecord(kinesis, services.table, arriving, waiting, (line) => void said.push(line));
  assert.match(said[0]!, /^told \d+\.\d s after the second sighting$/);
  assert.ok((await told(house)).some((text) => text.startsWith('Anna is here')));

  const unknown = { ...arriving, guestId: 'tony', faceId: 'face-2' };
  await assert.rejects(
    arriveByRecord(kinesis, services.table, unknown, { most: 50, pollEvery: 10 }, () => {}),
    /no arrival was told/,
  );
  ended.abort();
  await reading;
});

/** Hands a stream's records to the match, as Lambda does. */
async function readOn(
  kinesis: KinesisClient,
  signal: AbortSignal,
  match: ReturnType<typeof createMatch>,
): Promise<void> {
  const shard = { StreamName: names.dataStream, ShardId: 'shardId-000000000000' };
  const start = new GetShardIteratorCommand({ ...shard, ShardIteratorType: 'TRIM_HORIZON' });
  let { ShardIterator } = await kinesis.send(start);
  while (!signal.aborted) {
    const { Records = [], NextShardIterator } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    ShardIterator = NextShardIterator;
    const records = Records.map(({ Data, SequenceNumber = '', ApproximateArrivalTimestamp }) => ({
      kinesis: {
        sequenceNumber: SequenceNumber,
        data: Buffer.from(Data!).toString('base64'),
        approximateArrivalTimestamp: Number(ApproximateArrivalTimestamp) / 1000,
      },
    }));
    if (records.length > 0) await match({ Records: records } as never);
    else await delay(20);
  }
}

test('a report has no token, key, link, address, account or name in it', () => {
  const secrets = [
    '4200000001:TEST_token-of_the-house-bot',
    'AKIAIOSFODNN7EXAMPLE',
    'https://t.me/joy_bot?start=the-claim-code',
    'https://abc123.lambda-url.eu-central-1.on.aws/',
    '123456789012',
    'user/anna.smith',
    'anna@example.com',
    '@annas_joy_bot',
    '/home/anna',
  ];
  const said = `account ${secrets[4]}, as ${secrets[5]}\nbot  ${secrets[7]}\n${secrets.join('\n')}\narn:aws:iam::123456789012:role/x`;
  const results = [{ title: 'Deploy it', outcome: 'wrong', seconds: 61.4, said } as const];
  const tried = { version: '0.1.0', node: '24.1.0', system: 'linux x64', date: '2026-12-24' };
  const report = reportOf({ ...tried, region: 'eu-central-1', recognition: 'images' }, results);
  assert.match(report, /\| ✗ \| Deploy it \| 61 s \|/);
  assert.match(report, /musical-joy 0\.1\.0, Node 24\.1\.0, linux x64, eu-central-1, recognition by images/);
  const hidden = withoutSecrets(report, '/home/anna');
  for (const secret of secrets) assert.ok(!hidden.includes(secret), `${secret} in ${hidden}`);
  assert.ok(hidden.includes('arn:aws:iam::(account):role/x'));
});

test('check-aws never means a house that is not its own, and takes no step that nobody was asked about', async (t) => {
  const cloud = await openCloud(t);
  const own = await run(cloud, ['check-aws', '--yes', '--name', 'MusicalJoy']);
  assert.equal(own.code, 1);
  assert.match(own.stderr, /has to be a house of its own: --name takes a name that ends with Check/);
  const nobody = await run(cloud, ['check-aws']);
  assert.match(nobody.stderr, /^This is not a terminal.*it costs money, and sends messages/);
  assert.deepEqual(cloud.recorded.asked, []);
});

test('check-aws goes to its end whatever goes wrong, takes away what there is, and leaves a report', async (t) => {
  const cloud = await openCloud(t);
  // Without the bot's token nothing is deployed.
  const { code, stdout } = await run(cloud, ['check-aws', '--yes']);
  assert.equal(code, 1);
  assert.match(stdout, /costs less than a dollar.*sends messages to the chat/s);
  assert.match(stdout, /✗ Deploy it[\s\S]*✓ Remove it, pictures too/);
  const report = await readFile(path.join(cloud.folder, 'check-aws.md'), 'utf8');
  assert.match(report, /\| ✗ \| Deploy it \| \d+ s \|\n\| – \| Open the link.*\|\n/);
  assert.match(report, /### Deploy it[\s\S]*The bot's token is needed: set BOT_TOKEN/);
  assert.match(report, /\| ✓ \| Remove it, pictures too \|/);
  assert.deepEqual(cloud.recorded.unanswered, []);
});
