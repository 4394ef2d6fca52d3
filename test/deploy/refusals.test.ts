import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { AwsError } from '../../local/aws/protocol/aws-error.ts';
import { queryAnswer, queryError } from '../../local/aws/protocol/query-answer.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import type { Service } from '../../local/aws/service.ts';
import { signedFor } from '../../local/aws/signature.ts';
import { credentials } from '../../local/environment.ts';
import { afterwards, openHook, standToken } from '../local/telegram/stand.ts';
import { startFaultyAws } from '../support/faulty-aws.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { type Ended, run } from './command.ts';
import { runProcess } from './command-process.ts';

/** What is refused, and in which words. */
interface Case {
  readonly title: string;
  /** In which the account's recordings are. */
  readonly states?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly says: RegExp;
}

const withToken = { BOT_TOKEN: standToken };
/** Nobody listens there. Not one of the low ports: fetch refuses some of them by itself. */
const nowhere = await closedAddress();

const cases: readonly Case[] = [
  {
    title: 'no credentials',
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    says: /^No AWS credentials were found\. Sign in first/,
  },
  {
    title: 'credentials whose time is over',
    states: { sts: 'expired' },
    says: /^Your AWS credentials have expired\. Sign in again \(aws login, or aws sso login/,
  },
  {
    title: 'credentials in the environment whose time is over',
    states: { sts: 'expired' },
    env: { AWS_SESSION_TOKEN: 'of-this-morning' },
    says: /^The AWS credentials in AWS_ACCESS_KEY_ID, .* have expired\. Put new ones there/,
  },
  {
    title: 'a profile that there is not',
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_PROFILE: 'hosst' },
    says: /^AWS_PROFILE says hosst, and there are no credentials under that name.*aws login --profile hosst/,
  },
  {
    title: 'a key that AWS does not know',
    states: { sts: 'unknown key' },
    says: /^AWS does not know these credentials/,
  },
  {
    title: "the account's root user",
    states: { sts: 'the root user' },
    says: /^You are signed in as the account's root user/,
  },
  {
    title: 'a clock that is wrong',
    states: { sts: 'a clock that is wrong' },
    says: /^This computer's clock is wrong/,
  },
  { title: 'no Region', env: { AWS_REGION: '' }, says: /^It is not said in which AWS Region\. Add --region/ },
  {
    title: 'an AWS that is out of reach',
    env: { AWS_ENDPOINT_URL_STS: nowhere },
    says: /^AWS cannot be reached \(ECONNREFUSED\)/,
  },
  {
    title: 'a Region without Rekognition',
    states: { ssm: 'no Rekognition' },
    env: withToken,
    says: /^The Region eu-central-1 does not have Rekognition, which recognises the guests/,
  },
  {
    title: 'video in a Region without streaming video',
    args: ['--recognition', 'video', '--region', 'eu-west-2'],
    env: withToken,
    says: /^Recognition by video is not offered in eu-west-2[\s\S]*--recognition images/,
  },
  {
    title: 'an account that may run too few Lambdas',
    states: { lambda: 'too little' },
    env: withToken,
    says: /^Lambda may run only 3 invocations at once here, and a party needs 6\..*Service Quotas/,
  },
  {
    title: 'an account without a shard left',
    states: { kinesis: 'no shard left' },
    env: withToken,
    says: /^All 200 Kinesis shards .* are in use/,
  },
  {
    title: 'a stack that CloudFormation is at work on',
    states: { cloudformation: 'busy' },
    env: withToken,
    says: /^CloudFormation is at work on MusicalJoy just now \(UPDATE_IN_PROGRESS\)\. Wait/,
  },
  {
    title: 'a house whose removal was begun and failed',
    states: { cloudformation: 'not deleted' },
    env: withToken,
    says: /^The house MusicalJoy was being removed, .*Run npm run destroy, which finishes that/,
  },
  {
    title: "another program's stack of that name",
    states: { cloudformation: "another program's" },
    env: withToken,
    says: /^There is a stack called MusicalJoy here that is no house.*--name/,
  },
  {
    title: 'a token that cannot be one',
    env: { BOT_TOKEN: 'not-a-token' },
    says: /^BOT_TOKEN: That is not what @BotFather gives/,
  },
  {
    title: 'a token that Telegram does not know',
    env: { BOT_TOKEN: `${standToken.slice(0, -4)}xxxx` },
    says: /^Telegram does not know this token\. Copy it again from @BotFather/,
  },
  {
    title: 'a Telegram that is out of reach',
    env: { ...withToken, TELEGRAM_API_ROOT: nowhere },
    says: /^Telegram cannot be reached \(ECONNREFUSED\)/,
  },
  {
    title: 'an address for arrivals in the network at home, where AWS has no way',
    env: { ...withToken, ARRIVAL_WEBHOOK: 'http://homeassistant.local:8123/api/webhook/not-to-be-told' },
    says: /^ARRIVAL_WEBHOOK is in your network at home, which AWS cannot reach; docs\/automation\.md/,
  },
  {
    title: 'an address for arrivals on the internet that is not encrypted',
    env: { ...withToken, ARRIVAL_WEBHOOK: 'http://hooks.example/not-to-be-told' },
    says: /^ARRIVAL_WEBHOOK leaves your network, so it has to begin with https:/,
  },
  { title: 'no token and nobody to ask', says: /^The bot's token is needed: set BOT_TOKEN/ },
  { title: 'no --yes and nobody to ask', args: [], env: withToken, says: /^This is not a terminal.*--yes/ },
];

/** Operations that make or change anything. */
const changes = /^(Create|Execute|Delete|Put|Update)/;

describe('deploy refuses in words, and makes nothing:', () => {
  for (const { title, states = {}, args = ['--yes'], env = {}, says } of cases) {
    test(title, async (t) => {
      const cloud = await openCloud(t, states);
      const ended = await run(cloud, ['deploy', ...args], env);
      await assertRefused(cloud, ended, says);
      if (env.BOT_TOKEN)
        assert.ok(!(ended.stdout + ended.stderr).includes(env.BOT_TOKEN), 'no token is printed');
      assert.ok(!(ended.stdout + ended.stderr).includes('not-to-be-told'));
    });
  }

  test('a bot whose webhook is set elsewhere, unless it is to be taken over', async (t) => {
    const cloud = await openCloud(t);
    const hook = await openHook(t);
    await cloud.telegram.api.setWebhook(hook.url);
    const ended = await run(cloud, ['deploy', '--yes'], withToken);
    await assertRefused(cloud, ended, /is in use: its webhook is set to 127\.0\.0\.1:\d+\..*--take-over/);

    const taken = await run(cloud, ['deploy', '--take-over'], withToken);
    await assertRefused(cloud, taken, /^This is not a terminal/);
  });
});

test('deploy takes the token from .env, unless the environment has one', async (t) => {
  const cloud = await openCloud(t);
  await writeFile(path.join(cloud.folder, '.env'), 'BOT_TOKEN=not-a-token\n');
  const { stderr } = await runProcess(t, cloud, ['deploy', '--yes']);
  assert.match(stderr, /^BOT_TOKEN: That is not what @BotFather gives/);
  const other = await runProcess(t, cloud, ['deploy'], withToken);
  assert.match(other.stderr, /^This is not a terminal/);
});

test('deploy says what recognition by video costs, and to whom it is closed, before it asks', async (t) => {
  const cloud = await openCloud(t);
  const ended = await run(cloud, ['deploy', '--recognition', 'video'], withToken);
  assert.match(ended.stdout, /a stream of video \(Kinesis Video\)[\s\S]*\$2\.64 to \$36\.19 for 5 hours/);
  assert.match(ended.stdout, /closed to accounts that had not used it in the year before 30 April 2026/);
  await assertRefused(cloud, ended, /^This is not a terminal/);
});

test('deploy says to whom a budget sends mail, and when, before it asks', async (t) => {
  const cloud = await openCloud(t);
  const args = ['deploy', '--budget', '20', '--budget-mail', 'me@example.com'];
  const ended = await run(cloud, args, withToken);
  assert.match(
    ended.stdout,
    /budget {7}mail to me@example\.com when the account costs more than \$20 in a month/,
  );
  await assertRefused(cloud, ended, /^This is not a terminal/);
});

test('deploy asks for a new token when the kept one was revoked', async (t) => {
  const cloud = await openCloud(t, { cloudformation: 'awake' });
  await cloud.keepSecret({
    token: `${standToken.slice(0, -4)}gone`,
    webhookSecret: 'w',
    claimCode: 'c'.repeat(8),
  });
  const { code, stderr } = await run(cloud, ['deploy', '--yes']);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Telegram does not know the bot's token any more.*Set the new one as BOT_TOKEN in \.env/,
  );
  assert.ok(!stderr.includes('gone'));
});

test('deploy sends to aws sso login whoever is not signed in there, or no more', async (t) => {
  const cloud = await openCloud(t);
  const config = path.join(cloud.folder, 'config');
  const startUrl = 'https://host.awsapps.invalid/start';
  await writeFile(
    config,
    `[profile host]\nsso_session = host\nsso_account_id = 123456789012\nsso_role_name = Admin\n` +
      `[sso-session host]\nsso_start_url = ${startUrl}\nsso_region = eu-central-1\n`,
  );
  const env = {
    ...withToken,
    AWS_CONFIG_FILE: config,
    AWS_PROFILE: 'host',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
  };
  const never = await run(cloud, ['deploy', '--yes'], env);
  await assertRefused(
    cloud,
    never,
    /^Your AWS credentials have expired\. Sign in again \(aws sso login --profile host\)/,
  );

  // Where the aws command keeps it: under the SHA-1 of the session's name.
  const cache = path.join(cloud.folder, 'home', '.aws', 'sso', 'cache');
  await mkdir(cache, { recursive: true });
  const token = { startUrl, region: 'eu-central-1', accessToken: 'a', expiresAt: '2026-01-01T00:00:00Z' };
  await writeFile(
    path.join(cache, `${createHash('sha1').update('host').digest('hex')}.json`),
    JSON.stringify(token),
  );
  const over = await run(cloud, ['deploy', '--yes'], env);
  await assertRefused(
    cloud,
    over,
    /^Your AWS credentials have expired\. Sign in again \(aws sso login --profile host\)/,
  );
});

test('deploy sends to aws login whoever signed in there, and is no more', async (t) => {
  const cloud = await openCloud(t);
  const config = path.join(cloud.folder, 'config');
  await writeFile(config, '[profile host]\nlogin_session = arn:aws:iam::123456789012:user/host\n');
  const env = {
    ...withToken,
    AWS_CONFIG_FILE: config,
    AWS_PROFILE: 'host',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
  };
  const ended = await run(cloud, ['deploy', '--yes'], env);
  await assertRefused(
    cloud,
    ended,
    /^Your AWS credentials have expired\. Sign in again \(aws login --profile host\)/,
  );
});

test('deploy tells a Region that is not switched on from keys that AWS does not know', async (t) => {
  const cloud = await openCloud(t);
  const sts: Service = {
    name: 'STS',
    signingName: 'sts',
    accepts: (request) => signedFor(request) === 'sts',
    answer: async ({ headers }) => {
      if (!headers.authorization?.includes('/us-east-1/'))
        return queryError(new AwsError('InvalidClientTokenId', 'The security token is invalid.', 403));
      const who = { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/host', UserId: 'A' };
      return queryAnswer('GetCallerIdentity', who, 'https://sts.amazonaws.com/doc/2011-06-15/');
    },
  };
  const { url, close } = await startAwsServer({ port: 0, services: [sts], credentials });
  afterwards(t, close);
  const env = { ...withToken, AWS_ENDPOINT_URL_STS: url };
  const off = await run(cloud, ['deploy', '--yes', '--region', 'eu-south-2'], env);
  await assertRefused(cloud, off, /^The Region eu-south-2 is not switched on in your account\..*AWS Regions/);
});

for (const error of ['SubscriptionRequiredException', 'OptInRequired']) {
  test(`deploy names the services that are not open to a new account (${error}), before it asks`, async (t) => {
    const cloud = await openCloud(t);
    const faulty = await startFaultyAws(cloud.environment.AWS_ENDPOINT_URL!);
    afterwards(t, () => faulty.close());
    const message = 'The AWS Access Key Id needs a subscription for the service';
    faulty.always('ListCollections', { error, message, status: 403 });
    faulty.always('ListTables', { error, message, status: 403 });
    const env = {
      ...withToken,
      AWS_ENDPOINT_URL_REKOGNITION: faulty.url,
      AWS_ENDPOINT_URL_DYNAMODB: faulty.url,
    };
    const ended = await run(cloud, ['deploy', '--yes'], env);
    await assertRefused(
      cloud,
      ended,
      /^AWS does not let this account use DynamoDB, Rekognition yet.*24 hours/,
    );
  });
}

test('deploy says when a free plan ends, and the account with it, before it asks', async (t) => {
  const cloud = await openCloud(t);
  const faulty = await startFaultyAws(nowhere);
  afterwards(t, () => faulty.close());
  faulty.always('GetAccountPlanState', {
    body: {
      accountId: '123456789012',
      accountPlanType: 'FREE',
      accountPlanStatus: 'ACTIVE',
      accountPlanRemainingCredits: { amount: 87.5, unit: 'USD' },
      accountPlanExpirationDate: '2027-05-01T00:00:00Z',
    },
  });
  const env = { ...withToken, AWS_ENDPOINT_URL_FREETIER: faulty.url };
  const ended = await run(cloud, ['deploy'], env);
  assert.match(
    ended.stdout,
    /on AWS's free plan: .*\$87\.50 are left.*six months at most\..*\(2027-05-01 at the latest\), AWS closes the account/s,
  );
  await assertRefused(cloud, ended, /^This is not a terminal/);
});

test('sleep and wake say when there is nothing to do, and when there is no house', async (t) => {
  const cloud = await openCloud(t);
  for (const command of ['sleep', 'wake']) {
    const { code, stderr } = await run(cloud, [command]);
    assert.equal(code, 1);
    assert.match(stderr, /^There is no house called MusicalJoy in eu-central-1\. Deploy one/);
  }
  cloud.recorded.set({ cloudformation: 'awake' });
  const { code, stdout } = await run(cloud, ['wake']);
  assert.equal(code, 0);
  assert.equal(stdout, 'MusicalJoy is awake already.\n');
});

const commands = ['deploy', 'sleep', 'wake', 'doctor', 'destroy', 'check-aws'];
const place = { environment: { AWS_ENDPOINT_URL: nowhere }, folder: process.cwd() };

describe('each command says what it can be told', { concurrency: true }, () => {
  for (const command of commands)
    test(command, async (t) => {
      const { code, stdout } = await runProcess(t, place, [command, '--help']);
      assert.equal(code, 0);
      assert.ok(stdout.includes(`npm run ${command} -- [options]`), stdout);
    });
});

test('each command refuses an option that is none, and its process ends with that', async (t) => {
  const assertWrong = (command: string, { code, stderr }: Ended): void => {
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`--colour[\\s\\S]*npm run ${command} -- --help`));
  };
  for (const command of commands) assertWrong(command, await run(place, [command, '--colour']));
  assertWrong('sleep', await runProcess(t, place, ['sleep', '--colour']));
});

async function assertRefused(cloud: Cloud, { code, stderr }: Ended, says: RegExp): Promise<void> {
  assert.match(stderr, says);
  assert.equal(code, 1);
  assert.deepEqual(cloud.recorded.unanswered, []);
  assert.deepEqual(
    cloud.recorded.asked.map(({ operation }) => operation).filter((operation) => changes.test(operation)),
    [],
  );
  assert.equal(await cloud.secret(), undefined);
}

async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
