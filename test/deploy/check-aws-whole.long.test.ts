import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { startSchedule } from '../../local/lambda/schedule.ts';
import { afterwards, standToken } from '../local/telegram/stand.ts';
import { says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { invite, isArrival } from '../support/house.ts';
import { plainPortrait } from '../support/plain-faces.ts';
import { account, assetsBucket } from './cloud.ts';
import { run } from './command.ts';
import { openWorkingCloud, type WorkingCloud } from './working-cloud.ts';

const name = 'MusicalJoyCheck';

/** What the commands and the house take, on a machine that does much else. */
const patience = 60_000;

/** Does what check-aws asks of whoever runs it. @returns all that the bot has said */
async function beTheHost(t: TestContext, cloud: WorkingCloud): Promise<string[]> {
  const { telegram, secret, functions, alarmsSet } = cloud;
  const host = await telegram.person('host');
  await eventually('there is a house', () => cloud.status() === 'CREATE_COMPLETE', 2 * patience);
  await host.say(host.bot, `/start ${(await secret())?.claimCode}`);
  await host.waitForMessage(says(/1\. Send me a photo/));
  await invite(host, 'Anna', await plainPortrait(1));
  const wereSetOff = () => alarmsSet.length > 0 && alarmsSet.length === 2 * alarmsOf(cloud).length;
  await eventually('all alarms were set off', wereSetOff, patience);
  await host.say(host.bot, '/start_party 1h');
  await host.waitForMessage(isArrival, { timeout: patience });
  const schedule = startSchedule({ functions, functionName: `${name}-tick`, intervalMs: 500 });
  afterwards(t, () => schedule.close());
  await host.waitForMessage(says(/^The party’s over/), { timeout: patience });
  await schedule.close();
  const messages = await host.messages();
  return messages.flatMap(({ text, caption, from }) => (from?.is_bot ? (text ?? caption ?? []) : []));
}

const alarmsOf = ({ there }: WorkingCloud): string[] =>
  there().filter((one) => one.startsWith('AWS::CloudWatch::Alarm '));

const steps = [
  'Deploy it',
  'Open the link, press Start, and send a photo of yourself with your name',
  'See what the doctor says',
  'Set off each alarm, one message to the chat for each',
  'Say /start_party 1h in the chat, and see yourself arrive without a camera',
  'Put it to sleep, which ends the party',
  'Wake it',
  'See what the doctor says once more',
  'Remove it, pictures too',
];

test('check-aws goes from a deployment to the last thing removed, with no camera and no producer, and its report says that all is well', async (t) => {
  const cloud = await openWorkingCloud(t, name);
  const [{ code, stdout, stderr }, told] = await Promise.all([
    run(cloud, ['check-aws', '--yes'], { BOT_TOKEN: standToken }),
    beTheHost(t, cloud),
  ]);
  assert.equal(code, 0, stdout + stderr + cloud.logged.join('\n'));
  assert.deepEqual(cloud.recorded.unanswered, []);

  const report = await readFile(path.join(cloud.folder, 'check-aws.md'), 'utf8');
  const rows = report.split('\n').flatMap((line) => /^\| ✓ \| (.*) \| \d+ s \|$/.exec(line)?.[1] ?? []);
  assert.deepEqual(rows, steps, report);
  assert.doesNotMatch(report, /✗|–|###/);
  for (const secret of [standToken, account, 'Anna', 't.me']) assert.ok(!report.includes(secret), report);
  assert.ok(stdout.includes(report));

  const alarms = new Set(cloud.alarmsSet.map((one) => one.split(' ')[0]));
  assert.equal(alarms.size, 10);
  for (const alarm of alarms) assert.match(stdout, new RegExp(`^${alarm}: told after \\d+\\.\\d s$`, 'm'));
  assert.match(stdout, /^told \d+\.\d s after the second sighting$/m);
  assert.equal(stdout.match(/^All is well\.$/gm)?.length, 2, 'the doctor looks twice');
  const arrival = told.indexOf('Anna is here!');
  assert.ok(arrival > 2 * alarms.size, 'each alarm and its end were told before');
  assert.match(told.slice(arrival).join('\n'), /Your guest came:\n\d\d:\d\d Anna/);

  // The command itself deletes the bucket, which is not the stack's to delete.
  assert.deepEqual(
    cloud.there().filter((one) => !one.startsWith('AWS::S3::Bucket ')),
    [],
  );
  const { Buckets = [] } = await cloud.s3.send(new ListBucketsCommand({}));
  assert.deepEqual(
    Buckets.map(({ Name }) => Name),
    [assetsBucket],
  );
  assert.equal(await cloud.secret(), undefined);
});
