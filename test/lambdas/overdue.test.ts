import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTick } from '../../lambdas/tick.ts';
import type { Fault } from '../../local/telegram/faults.ts';
import { RecognitionError } from '../../party/errors.ts';
import type { Services } from '../../party/services.ts';
import { chatOf } from '../support/bot-chat.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { keptMetrics } from '../support/metrics.ts';

/** A tick of the house, with something of it otherwise; calls of Telegram are given up after a second. */
function tickOf(house: BotHouse, instead: Partial<Services> = {}) {
  const metrics = keptMetrics();
  const services = { ...house.services, metrics, ...instead };
  return { metrics, tick: createTick(services, chatOf(house, services)) };
}

/** A house whose party's time is over while its recognition is on. */
async function overdue(t: TestContext): Promise<BotHouse> {
  const house = await openBotHouse(t);
  await house.services.collection.ensure();
  await house.services.recognition.start();
  await startParty(house, Date.now() - 1);
  return house;
}

const startParty = ({ services, host }: BotHouse, endsAt: number) =>
  services.parties.start({ chatId: host.bot, startedBy: host.person.id, endsAt });

const stateOf = async ({ services }: BotHouse) => (await services.recognition.status()).state;

const gone: Array<[what: string, fault: Fault]> = [
  ['has thrown the bot out (403)', { status: 403 }],
  ['is not there any more (400)', { status: 400, description: 'Bad Request: chat not found' }],
  ['does not answer', { hang: 'before' }],
  ['cannot be reached', { cut: 'before' }],
  ['has trouble (500)', { status: 500 }],
  ['wants fewer messages (429)', { status: 429, retryAfter: 600 }],
];
for (const [what, fault] of gone) {
  test(`a party whose chat ${what} is ended, and its recognition stopped`, async (t) => {
    const house = await overdue(t);
    house.stand.telegram.faults.always('*', fault);
    await tickOf(house).tick();
    assert.match(await stateOf(house), /^(off|stopping)$/);
    assert.equal(await house.services.parties.latest(), undefined);
  });
}

test('the recognition is stopped though the chat hangs, before anything is waited for', async (t) => {
  const house = await overdue(t);
  const { services } = house;
  const never = () => new Promise<never>(() => {});
  const outbox = new Proxy(services.outbox, { get: () => never });
  const { tick } = tickOf(house, { outbox });
  void tick();
  while (!['off', 'stopping'].includes(await stateOf(house)));
});

test('a recognition that does not stop is no reason for the chat not to hear of it, nor for the tick to be still', async (t) => {
  const house = await overdue(t);
  const recognition = {
    ...house.services.recognition,
    stop: () => Promise.reject(new RecognitionError('AWS is on fire')),
  } as Services['recognition'];
  await assert.rejects(tickOf(house, { recognition }).tick(), RecognitionError);
  await house.host.waitForMessage(says(/I can’t stop watching yet: AWS is on fire/));
  assert.ok(await house.services.parties.latest(), 'the next tick tries again');
  await tickOf(house).tick();
  assert.match(await stateOf(house), /^(off|stopping)$/);
  assert.equal(await house.services.parties.latest(), undefined);
});

test('a recognition that is on without a party is stopped and counted, once', async (t) => {
  const house = await openBotHouse(t);
  await house.services.collection.ensure();
  await house.services.recognition.start();
  const { tick, metrics } = tickOf(house);
  await tick();
  await tick();
  assert.match(await stateOf(house), /^(off|stopping)$/);
  assert.deepEqual([...metrics.counts], [['RecognitionWithoutParty', 1]]);
});

test('while a party is being started its recognition is left alone, however long it takes', async (t) => {
  const house = await openBotHouse(t);
  const { services, host } = house;
  const { tick, metrics } = tickOf(house);
  const start = services.recognition.start.bind(services.recognition);
  services.recognition.start = async () => {
    await start();
    // In the middle: the recognition is on, and there is no party yet.
    for (let ticks = 0; ticks < 3; ticks++) await tick();
    assert.equal(await services.parties.latest(), undefined);
  };
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on/));
  await tick();
  assert.equal(await stateOf(house), 'on');
  assert.equal(metrics.counts.size, 0);
});

test('a start that died halfway leaves nothing on when its lease has ended', async (t) => {
  const house = await openBotHouse(t);
  const { services } = house;
  const lock = { pk: 'PARTY', sk: 'recognition' };
  await services.collection.ensure();
  await services.claims.claim(lock, 55_000);
  await services.recognition.start();
  const { tick, metrics } = tickOf(house);
  await tick();
  assert.equal(await stateOf(house), 'on', 'it may still be under way');

  await services.claims.giveBack(lock, Date.now() - 1);
  await tick();
  assert.match(await stateOf(house), /^(off|stopping)$/);
  assert.equal(metrics.counts.get('RecognitionWithoutParty'), 1);
});

test('while one that no party wants is being stopped, a start waits for another try', async (t) => {
  const { services, host } = await openBotHouse(t);
  const lock = { pk: 'PARTY', sk: 'recognition' };
  await services.claims.claim(lock, 55_000);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/is starting or ending it right now/));
  assert.equal(await services.parties.latest(), undefined);

  await services.claims.giveBack(lock, Date.now() - 1);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on/));
});

test('a failed recognition without a party is told to stop, and is not counted', async (t) => {
  const house = await openBotHouse(t);
  let stops = 0;
  const recognition = {
    ...house.services.recognition,
    status: async () => ({ state: 'failed' }),
    stop: async () => void stops++,
  } as unknown as Services['recognition'];
  const { tick, metrics } = tickOf(house, { recognition });
  await tick();
  assert.equal(stops, 1);
  assert.equal(metrics.counts.size, 0);
});

test('an account that AWS refuses is told so, offered images, and left as it was', async (t) => {
  const house = await openBotHouse(t);
  const { services, host } = house;
  const { AccountRefusedError } = await import('../../party/recognition/refusal.ts');
  const { videoText } = await import('../../party/recognition/video.text.ts');
  services.recognition.start = () => Promise.reject(new AccountRefusedError(videoText.accountRefused));
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(
    says(/I couldn’t start the party.*closed to new customers.*npm run deploy -- --recognition images/s),
  );
  assert.equal(await services.parties.latest(), undefined);
  const lock = await services.table.get<{ leaseEnds: number }>({ pk: 'PARTY', sk: 'recognition' });
  assert.ok(lock!.leaseEnds < Date.now(), 'the next start need not wait');
});
