import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { parseEnv } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { allowedUpdates } from '../../bot/commands.ts';
import { openStand, standToken } from '../local/telegram/stand.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { assetsBucket, botSecret, type Cloud, openCloud, things } from './cloud.ts';
import { type Ended, run } from './command.ts';
import { runProcess } from './command-process.ts';
import { showsCodeOf } from './qr-code.ts';

/** One house from the first deployment to the last day; each test goes on where the one before ended. */
describe('a house on AWS', () => {
  let cloud: Cloud;
  let claimCode: string;
  const said: Ended[] = [];
  const endings: Array<() => unknown> = [];

  /** The cloud lives as long as all of these tests. */
  before(async () => {
    const suite = { after: (end: () => unknown) => void endings.push(end) } as unknown as TestContext;
    cloud = await openCloud(suite, { ssm: 'no bootstrap', bootstrap: 'none' });
  });
  after(async () => {
    for (const end of endings.reverse()) await end();
  });

  async function command(
    args: readonly string[],
    env = {},
    perform: (
      place: Cloud,
      args: readonly string[],
      env: Readonly<Record<string, string>>,
    ) => Promise<Ended> = run,
  ): Promise<Ended> {
    cloud.recorded.asked.length = 0;
    const ended = await perform(cloud, args, env);
    said.push(ended);
    assert.deepEqual(cloud.recorded.unanswered, [], ended.stdout + ended.stderr);
    return ended;
  }

  async function commandWell(...how: Parameters<typeof command>): Promise<string> {
    const { code, stdout, stderr } = await command(...how);
    assert.equal(code, 0, stdout + stderr);
    return stdout;
  }

  test('is made in an account that was never prepared, with progress and what it costs', async (t) => {
    const stdout = await commandWell(
      ['deploy', '--yes', '--producer-key'],
      // The Lambdas are those that a host deploys.
      { BOT_TOKEN: standToken, LAMBDA_CACHE: '' },
      (...how) => runProcess(t, ...how),
    );
    assert.match(stdout, /account {6}123456789012, as user\/host/);
    assert.match(stdout, /\$0\.36 a day for the Kinesis shard \(\$10\.95 a month/);
    assert.match(stdout, /in a party {2}about \$0\.40 for 5 hours/);
    assert.match(stdout, /Preparing the account for the CDK[\s\S]*Done in/);
    assert.match(
      stdout,
      /Building the Lambdas[\s\S]*webhook[\s\S]*\d\/\d {2}Table made[\s\S]*Done in \d+:\d\d/,
    );
    assert.equal(cloud.recorded.state('bootstrap'), 'there');
    assert.equal(cloud.recorded.state('cloudformation'), 'awake');
  });

  test('has the token in the secret, and nowhere else', async () => {
    const secret = await cloud.secret();
    assert.equal(secret?.token, standToken);
    assert.deepEqual(await holders(cloud), whereSecretsAre);
  });

  test('ends its deployment with the link that makes the host the host, and its QR code', async () => {
    const { stdout } = said[0]!;
    ({ claimCode } = (await cloud.secret())!);
    const { username } = await cloud.telegram.api.getMe();
    const link = `https://t.me/${username}?start=${claimCode}`;
    assert.ok(stdout.includes(`\n  ${link}\n`));
    assert.ok(showsCodeOf(link, stdout), stdout);
    assert.ok(!showsCodeOf(`${link}x`, stdout));
  });

  test('gives the producer all that it needs, for its owner alone', async () => {
    const file = path.join(cloud.folder, 'producer.env');
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(parseEnv(await readFile(file, 'utf8')), {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'AKIANEWNEWNEWNEWNEW2',
      AWS_SECRET_ACCESS_KEY: 'the-new-secret/of+the-producer0123456789',
      RECOGNITION: 'images',
      TABLE_NAME: things.table,
      BUCKET_NAME: things.bucket,
      COLLECTION_ID: things.collection,
      DATA_STREAM_NAME: 'MusicalJoy-sightings',
      CAMERA_URL: '',
      CAMERA_USER: '',
      CAMERA_PASSWORD: '',
    });
    assert.ok(!said[0]!.stdout.includes('the-new-secret'), 'the key is not printed');
  });

  test('stays as it is when it is deployed again, without the token', async () => {
    cloud.recorded.set({ cloudformation: 'unchanged' });
    const before = await cloud.secret();
    const stdout = await commandWell(['deploy', '--yes']);
    assert.match(stdout, /The house MusicalJoy is there/);
    assert.deepEqual(await cloud.secret(), before);
    assert.ok(stdout.includes(claimCode));
    assert.doesNotMatch(stdout, /producer\.env/);
    assert.ok(!cloud.recorded.operations('cloudformation').includes('ExecuteChangeSet'));
    assert.ok(!cloud.recorded.operations('iam').includes('CreateAccessKey'));
    cloud.recorded.set({ cloudformation: 'awake' });
  });

  test('with another bot’s token and an address for arrivals, is a stack of the secret’s new version, which has neither', async (t) => {
    cloud.recorded.set({ cloudformation: 'unchanged' });
    const token = '4200000002:TEST_token-of_another-bot';
    const other = await openStand(t, { token });
    const former = await cloud.secret();
    const stdout = await commandWell(['deploy', '--yes'], {
      BOT_TOKEN: token,
      TELEGRAM_API_ROOT: other.root,
      ARRIVAL_WEBHOOK: 'https://hooks.example/only-the-host-knows',
    });
    assert.ok(stdout.includes(`The house now speaks as @${(await other.api.getMe()).username}.`));
    const { arrivalWebhook, arrivalWebhookKey = '', ...rest } = (await cloud.secret())!;
    assert.deepEqual(rest, { ...former, token });
    assert.equal(arrivalWebhook, 'https://hooks.example/only-the-host-knows');
    assert.match(stdout, /arrivals {5}are posted to hooks\.example, too/);
    assert.ok(
      stdout.includes(`posted to hooks.example, signed with this key`) && stdout.includes(arrivalWebhookKey),
    );
    assert.doesNotMatch(stdout, /only-the-host-knows/);
    const { VersionId = '' } = await cloud.secrets.send(new GetSecretValueCommand({ SecretId: botSecret }));
    const asked = (await templates(cloud)).filter((template) => template.includes(VersionId));
    assert.equal(asked.length, 1);
    const template = JSON.parse(asked[0]!) as Template;
    for (const [name, { Properties }] of ofType(template, 'AWS::Lambda::Function'))
      assert.equal(Properties.Environment.Variables.BOT_SECRET_VERSION, VersionId, name);
    const [setup] = ofType(template, 'Custom::MusicalJoySetup');
    assert.equal(setup?.[1].Properties.BotSecretVersion, VersionId);
    assert.deepEqual(await holders(cloud, token), whereSecretsAre);
    assert.deepEqual(await holders(cloud, 'only-the-host-knows'), whereSecretsAre);
    assert.equal(template.Outputs.PostsArrivals?.Value, 'true');

    await cloud.secrets.send(
      new PutSecretValueCommand({ SecretId: botSecret, SecretString: JSON.stringify(former) }),
    );
    cloud.recorded.set({ cloudformation: 'awake' });
  });

  test('does not fall asleep while a party is on', async () => {
    const startedAt = Date.now();
    const party = { id: new Date(startedAt).toISOString(), chatId: 1, startedBy: 1, startedAt };
    await cloud.table.put({ pk: 'PARTY', sk: 'now', ...party, endsAt: startedAt + 3_600_000 });
    const { code, stderr } = await command(['sleep']);
    assert.equal(code, 1);
    assert.match(stderr, /^A party is on until \d\d:\d\d\. End it in the chat first/);
    assert.equal(cloud.recorded.state('cloudformation'), 'awake');
    await cloud.table.delete({ pk: 'PARTY', sk: 'now' });
  });

  test('falls asleep, and says so the second time', async () => {
    const stdout = await commandWell(['sleep']);
    assert.match(stdout, /DataStream removed[\s\S]*It is asleep/);
    assert.equal(cloud.recorded.state('cloudformation'), 'asleep');
    assert.match(await commandWell(['sleep']), /asleep already/);
  });

  test('wakes, and is ready', async () => {
    const stdout = await commandWell(['wake']);
    assert.match(stdout, /DataStream made[\s\S]*It is awake/);
    assert.equal(cloud.recorded.state('cloudformation'), 'awake again');
  });

  test('is well by the doctor, once its chat has a host and its producer runs', async () => {
    const now = Date.now();
    const pulse = { at: now, clockOffset: 120, version: '0.1.0', frames: 0, faces: 0, calls: 0, dropped: 0 };
    await cloud.table.put({ pk: 'PULSE', sk: 'recognition', ...pulse, framesPerSecond: 0 });
    await cloud.table.put({ pk: 'HOSTS', sk: 'user#1', userId: 1, name: 'Eve', since: now });
    await cloud.telegram.api.setWebhook(cloud.webhookUrl, { allowed_updates: [...allowedUpdates] });
    const stdout = await commandWell(['doctor']);
    assert.doesNotMatch(stdout, /✗/);
    assert.match(stdout, /All is well\.\n$/);
  });

  test('is removed with its key first and its secret last, and what is left is told', async (t) => {
    await cloud.s3.send(
      new PutObjectCommand({ Bucket: things.bucket, Key: 'photos/1/1.jpg', Body: 'a face' }),
    );
    cloud.recorded.set({ logs: 'one' });
    const stdout = await commandWell(['destroy', '--yes', '--pictures', 'delete'], {}, (...how) =>
      runProcess(t, ...how),
    );
    const order = cloud.recorded.asked.map(({ operation }) => operation);
    assert.ok(order.indexOf('DeleteAccessKey') < order.indexOf('DeleteStack'), order.join(' '));
    assert.match(
      stdout,
      /key was deleted[\s\S]*Table removed[\s\S]*bucket musicaljoy-bucket-1abc was deleted[\s\S]*secret MusicalJoy\/bot was deleted/,
    );
    assert.match(stdout, /What is left[\s\S]*\/aws\/lambda\/MusicalJoy-setup[\s\S]*CDKToolkit/);
    assert.doesNotMatch(stdout, /the bucket musicaljoy-bucket.*as you wished/);
    assert.equal(await cloud.secret(), undefined);
    assert.equal(cloud.recorded.state('iam'), 'no key');
  });

  test('is nowhere to be found the second time', async () => {
    const stdout = await commandWell(['destroy', '--yes', '--pictures', 'delete']);
    assert.match(stdout, /There is nothing of a house called MusicalJoy/);
  });

  test('has told nobody its token in all that time', () => {
    for (const { stdout, stderr } of said) assert.ok(!(stdout + stderr).includes(standToken));
  });
});

/** The file of AWS's stand-in, and its copy. */
const whereSecretsAre = [
  path.join('mirror', 'secrets-manager', 'secrets.json'),
  path.join('secrets-manager', 'secrets.json'),
];

/** The files that hold the token, of all that the commands wrote: AWS's, and those in their own folder. */
async function holders(cloud: Cloud, token = standToken): Promise<string[]> {
  for (const { operation, body } of cloud.recorded.asked) assert.ok(!body.includes(token), operation);
  const found: string[] = [];
  for (const folder of [cloud.awsFolder, cloud.folder]) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      if ((await readFile(file)).includes(token)) found.push(path.relative(folder, file));
    }
  }
  return found.sort();
}

/** The templates that were uploaded for CloudFormation. */
async function templates({ s3 }: Cloud): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: assetsBucket }));
  const names = Contents.flatMap(({ Key = '' }) => (Key.endsWith('.json') ? [Key] : []));
  return await Promise.all(
    names.map(async (Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: assetsBucket, Key }));
      return (await Body?.transformToString()) ?? '';
    }),
  );
}
