import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createApi } from '../../bot/api.ts';
import { createChat } from '../../bot/chat.ts';
import { createClients } from '../../deploy/clients.ts';
import { endPartyBefore } from '../../deploy/commands/end-party.ts';
import { readHouse } from '../../deploy/stack/state.ts';
import type { Terminal } from '../../deploy/terminal.ts';
import { createTick } from '../../lambdas/tick.ts';
import { AwsError } from '../../local/aws/protocol/aws-error.ts';
import { jsonError } from '../../local/aws/protocol/json-answer.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import type { LocalRequest, LocalResponse, Service } from '../../local/aws/service.ts';
import { signedFor } from '../../local/aws/signature.ts';
import { credentials } from '../../local/environment.ts';
import { Claims } from '../../party/outbox/claim.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import { afterwards, standToken } from '../local/telegram/stand.ts';
import { startFaultyAws } from '../support/faulty-aws.ts';
import { partyOn } from '../support/party.ts';
import type { PersonClient } from '../support/telegram/person-client.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { run, runUntil } from './command.ts';

const hour = 3_600_000;
/** What a command says while it waits for the house, and when the party has ended. */
const ending = 'Ending the party\\. That may take a minute …\n';
/** From here on, all is as it is without a party. */
const goesOn = /Putting MusicalJoy to sleep/;

/** A house with a party in the host's private chat, and recognition wished for. */
async function openParty(
  t: TestContext,
  { cloudformation = 'awake', endsAt = Date.now() + hour } = {},
): Promise<{ cloud: Cloud; host: PersonClient; party: Party }> {
  const cloud = await openCloud(t, { cloudformation });
  await cloud.keepSecret({ token: standToken, webhookSecret: 'w'.repeat(32), claimCode: 'c'.repeat(16) });
  const host = await cloud.telegram.person('host');
  await host.say(host.bot, '/start_party');
  const startedAt = Date.now() - 2 * hour;
  const party = {
    id: new Date(startedAt).toISOString(),
    chatId: host.person.id,
    startedBy: host.person.id,
    startedAt,
    endsAt,
    watchedUntil: Date.now(),
  };
  await cloud.table.put({ pk: 'PARTY', sk: 'now', ...party });
  await cloud.table.put({ pk: 'WISH', sk: 'recognition', on: true, since: startedAt });
  return { cloud, host, party };
}

/**
 * The house's own tick, which comes once something is so: on AWS every minute, and here without end, until the party
 * has ended.
 */
function tickWhen(t: TestContext, { table, telegram }: Cloud, isSo: () => boolean | Promise<boolean>): void {
  const services = { ...partyOn(table, { now: Date.now, pass() {} }), config: {} } as unknown as Services;
  const chat = createChat(services, createApi(standToken, telegram.root), telegram.telegram.bot.id);
  const tick = createTick(services, chat);
  let over = false;
  const ticking = (async () => {
    while (!over && !(await isSo())) await delay(20);
    while (!over && (await services.parties.latest())) await tick();
  })();
  afterwards(t, async () => {
    over = true;
    await ticking;
  });
}

/** The recognition of a house by images is wished for no more. */
const isUnwished = async ({ table }: Cloud): Promise<boolean> =>
  (await table.get<{ on: boolean }>({ pk: 'WISH', sk: 'recognition' }))?.on === false;

/** Rekognition with one stream processor. @returns its address, and what was asked of it */
async function openProcessor(
  t: TestContext,
  stop: (request: LocalRequest) => LocalResponse,
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const answers: Readonly<Record<string, (request: LocalRequest) => LocalResponse>> = {
    DescribeStreamProcessor: () =>
      json({
        Name: 'MusicalJoy-door',
        Status: asked.includes('StopStreamProcessor') ? 'STOPPED' : 'RUNNING',
      }),
    StopStreamProcessor: stop,
  };
  const rekognition: Service = {
    name: 'Rekognition',
    signingName: 'rekognition',
    accepts: (request) => signedFor(request) === 'rekognition',
    async answer(request) {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const answer = answers[operation]?.(request);
      asked.push(operation);
      return answer ?? jsonError(new AwsError('InternalFailure', `${operation} is not expected.`, 400));
    },
  };
  const server = await startAwsServer({ port: 0, services: [rekognition], credentials });
  afterwards(t, () => server.close());
  return { url: server.url, asked };
}

const json = (content: object): LocalResponse => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(content),
});

const changes = (cloud: Cloud): string[] =>
  cloud.recorded.operations('cloudformation').filter((operation) => operation !== 'DescribeStacks');

describe('sleep with a party on', () => {
  test('ends it if it may: the recognition stops, the chat is told who came, and then the stack changes', async (t) => {
    const { cloud, host, party } = await openParty(t);
    tickWhen(t, cloud, () => isUnwished(cloud));
    const { code, stdout, stderr } = await run(cloud, ['sleep', '--end-party']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      new RegExp(`^${ending}The party is over\\.\nPutting MusicalJoy to sleep[\\s\\S]*It is asleep`),
    );
    const { text = '' } = await host.waitForMessage();
    assert.match(text, /^The party’s over \((at )?\d\d:\d\d( to \d\d:\d\d)?\)\.\nI didn’t see anyone\./);
    assert.equal((await cloud.table.get<{ on: boolean }>({ pk: 'WISH', sk: 'recognition' }))?.on, false);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
    assert.ok(await cloud.table.get({ pk: 'PARTIES', sk: party.id }), 'it is among the past parties');
    assert.equal(cloud.recorded.state('cloudformation'), 'asleep');
    assert.ok(!(stdout + stderr).includes(standToken));
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('leaves all as it is if it may not', async (t) => {
    const { cloud, host } = await openParty(t);
    const { code, stderr } = await run(cloud, ['sleep']);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^A party is on until \d\d:\d\d\. End it in the chat first \(\/end_party\), or add --end-party/,
    );
    assert.ok(await cloud.table.get({ pk: 'PARTY', sk: 'now' }));
    assert.equal((await cloud.table.get<{ on: boolean }>({ pk: 'WISH', sk: 'recognition' }))?.on, true);
    assert.equal((await host.messages()).length, 1);
    assert.deepEqual(changes(cloud), []);
  });

  test('ends one whose time is over without being told to', async (t) => {
    const { cloud, host } = await openParty(t, { endsAt: Date.now() - 1000 });
    tickWhen(t, cloud, () => isUnwished(cloud));
    const stdout = await runUntil(cloud, goesOn, ['sleep']);
    assert.match(stdout, new RegExp(`^${ending}The party is over\\.\n`));
    assert.match((await host.waitForMessage()).text ?? '', /^Time’s up: the party’s over/);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
  });

  test('falls asleep also when the chat cannot be told, and says so', async (t) => {
    const { cloud, host } = await openParty(t);
    await host.block(true);
    tickWhen(t, cloud, () => isUnwished(cloud));
    const stdout = await runUntil(cloud, goesOn, ['sleep', '--end-party']);
    assert.match(
      stdout,
      new RegExp(`^${ending}The party's chat could not be told\\.\nThe party is over\\.\n`),
    );
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
  });

  test('waits for somebody else who is ending it just then', async (t) => {
    const { cloud, host, party } = await openParty(t);
    const claims = new Claims(cloud.table, Date.now);
    const recap = { pk: `PARTY#${party.id}`, sk: 'recap' };
    await claims.claim(recap, hour, { why: 'asked' });
    const running = runUntil(cloud, goesOn, ['sleep', '--end-party']);
    // It has found that out once it has ended the party's time.
    while (((await cloud.table.get<Party>({ pk: 'PARTY', sk: 'now' }))?.endsAt ?? 0) > Date.now());
    assert.deepEqual(changes(cloud), []);
    await claims.done(recap);
    await cloud.table.delete({ pk: 'PARTY', sk: 'now' });
    assert.doesNotMatch(await running, /could not be told/);
    assert.equal((await host.messages()).length, 1, 'the other one tells the chat');
  });

  test('stops the stream processor, which costs by the minute', async (t) => {
    const { cloud, host } = await openParty(t, { cloudformation: 'awake by video' });
    const { url, asked } = await openProcessor(t, () => json({}));
    const env = { AWS_ENDPOINT_URL_REKOGNITION: url };
    tickWhen(t, cloud, () => asked.includes('StopStreamProcessor'));
    await runUntil(cloud, goesOn, ['sleep', '--end-party'], env);
    assert.ok(asked.includes('StopStreamProcessor'), asked.join(' '));
    assert.match((await host.waitForMessage()).text ?? '', /^The party’s over/);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
  });

  test('falls asleep in an account that AWS lets have no stream processor any more', async (t) => {
    const { cloud, host } = await openParty(t, { cloudformation: 'awake by video' });
    const rekognition = await startFaultyAws('http://127.0.0.1:9');
    afterwards(t, () => rekognition.close());
    rekognition.always('*', { error: 'SubscriptionRequiredException', status: 403 });
    tickWhen(t, cloud, () => rekognition.asked.length > 0);
    await runUntil(cloud, goesOn, ['sleep', '--end-party'], {
      AWS_ENDPOINT_URL_REKOGNITION: rekognition.url,
    });
    assert.match((await host.waitForMessage()).text ?? '', /^The party’s over/);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
  });

  test('stays awake when the stream processor does not stop, and says why', async (t) => {
    const { cloud } = await openParty(t, { cloudformation: 'awake by video' });
    const denied =
      'User: arn:aws:iam::123456789012:user/host is not authorized to perform: rekognition:StopStreamProcessor';
    const { url } = await openProcessor(t, () =>
      jsonError(new AwsError('AccessDeniedException', denied, 400)),
    );
    const { code, stderr } = await run(cloud, ['sleep', '--end-party'], {
      AWS_ENDPOINT_URL_REKOGNITION: url,
    });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^The party is over, but the recognition does not stop: .*rekognition:StopStreamProcessor/,
    );
    assert.ok(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), 'the house goes on trying');
    assert.deepEqual(changes(cloud), []);
  });

  test('ends it without a word in a house whose tick does not come, and says so', async (t) => {
    const { cloud, host, party } = await openParty(t);
    const said: string[] = [];
    const terminal = { say: (text: string) => said.push(text) } as unknown as Terminal;
    const before = { ...process.env };
    Object.assign(process.env, cloud.environment, { HOME: before.HOME });
    try {
      const house = await readHouse(createClients().cloudFormation, 'MusicalJoy');
      await endPartyBefore(house, true, terminal, { most: 100, pollEvery: 20 });
    } finally {
      for (const name of Object.keys(cloud.environment)) delete process.env[name];
      Object.assign(process.env, before);
    }
    assert.deepEqual(said.slice(1), ["The party's chat could not be told.", 'The party is over.']);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
    assert.ok(await cloud.table.get({ pk: 'PARTIES', sk: party.id }), 'it is among the past parties');
    assert.ok(await isUnwished(cloud));
    assert.equal((await host.messages()).length, 1);
  });

  test('needs the bot’s secret, and says so when it is gone', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'awake' });
    const party = { id: '2026', chatId: 1, startedBy: 1, startedAt: 1, endsAt: Date.now() + hour };
    await cloud.table.put({ pk: 'PARTY', sk: 'now', ...party });
    const { code, stderr } = await run(cloud, ['sleep', '--end-party']);
    assert.equal(code, 1);
    assert.match(stderr, /^A party is on, .*the bot's secret is gone\. Run npm run deploy/);
    assert.deepEqual(changes(cloud), []);
  });
});

describe('deploy of another recognition with a party on', () => {
  const another = ['deploy', '--recognition', 'video', '--yes'];

  test('leaves all as it is if it may not end the party', async (t) => {
    const { cloud, host } = await openParty(t);
    const { code, stderr } = await run(cloud, another);
    assert.equal(code, 1);
    assert.match(stderr, /^A party is on until \d\d:\d\d\. End it in the chat first/);
    assert.ok(await cloud.table.get({ pk: 'PARTY', sk: 'now' }));
    assert.equal((await host.messages()).length, 1);
    assert.deepEqual(changes(cloud), []);
  });

  test('ends the party if it may, before the stack changes', async (t) => {
    const { cloud, host } = await openParty(t);
    tickWhen(t, cloud, () => isUnwished(cloud));
    const stdout = await runUntil(cloud, /Building the Lambdas/, [...another, '--end-party']);
    assert.match(stdout, /\nThe party is over\.\n/);
    assert.match(
      (await host.waitForMessage()).text ?? '',
      /^The party’s over \((at )?\d\d:\d\d( to \d\d:\d\d)?\)\./,
    );
    assert.equal((await cloud.table.get<{ on: boolean }>({ pk: 'WISH', sk: 'recognition' }))?.on, false);
    assert.equal(await cloud.table.get({ pk: 'PARTY', sk: 'now' }), undefined);
  });

  test('has nothing against a party whose recognition stays', async (t) => {
    const { cloud } = await openParty(t);
    await runUntil(cloud, /Building the Lambdas/, ['deploy', '--yes']);
    assert.ok(await cloud.table.get({ pk: 'PARTY', sk: 'now' }));
  });
});
