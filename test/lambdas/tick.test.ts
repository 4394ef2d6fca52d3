import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTick } from '../../lambdas/tick.ts';
import { type Arrival, arrivalMessage } from '../../party/arrivals/arrivals.ts';
import { hour, minute } from '../../party/clock.ts';
import { Claims } from '../../party/outbox/claim.ts';
import { Destinations } from '../../party/outbox/destinations.ts';
import { Outbox } from '../../party/outbox/outbox.ts';
import { type ProducerAlert, Pulses } from '../../party/recognition/pulse.ts';
import type { Services } from '../../party/services.ts';
import { UnknownFaces } from '../../party/unknown-faces/unknown-faces.ts';
import { diedSending } from '../support/abandoned.ts';
import { chatOf } from '../support/bot-chat.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { clockAt } from '../support/clock.ts';

const arrivalOf = (partyId: string, chatId: number): Arrival => ({
  partyId,
  guestId: 'anna',
  name: 'Anna',
  chatId,
  time: Date.now(),
  box: { left: 0, top: 0, width: 0.1, height: 0.2 },
  similarity: 92,
});

/** A tick of the house at another time than now, and the arrivals it announced. */
function tickAt(house: BotHouse, ahead: number, instead: Partial<Services> = {}) {
  const { now, pass } = clockAt(Date.now() + ahead);
  const announced: Arrival[] = [];
  const { table } = house.services;
  const services = {
    ...house.services,
    claims: new Claims(table, now),
    outbox: new Outbox(table, now),
    destinations: new Destinations(table, now),
    pause: async (milliseconds: number) => pass(milliseconds),
    now,
    ...instead,
  };
  const tick = createTick(services, {
    ...chatOf(house, services),
    announceArrival: async (arrival) => announced.push(arrival),
  });
  return { tick, announced };
}

async function startParty(t: TestContext): Promise<BotHouse> {
  const house = await openBotHouse(t);
  await house.host.say(house.host.bot, '/start_party 1h');
  await house.host.waitForMessage(says(/party’s on/));
  return house;
}

test('a party whose time is over is ended, once, and its chat is told', async (t) => {
  const house = await startParty(t);

  await tickAt(house, 30 * minute).tick();
  assert.ok(await house.services.parties.latest(), 'its time is not over yet');
  await tickAt(house, hour + minute).tick();
  await tickAt(house, hour + 2 * minute).tick();

  await house.host.waitForMessage(says(/party’s over/));
  assert.equal(await house.services.parties.latest(), undefined);
  const over = (await house.host.messages()).filter(says(/party’s over/));
  assert.equal(over.length, 1);
});

test('without a party there is nothing to do', async (t) => {
  const house = await openBotHouse(t);
  await tickAt(house, 0).tick();
});

test('an arrival that its Lambda left behind is announced when the lease has ended', async (t) => {
  const house = await startParty(t);
  const party = (await house.services.parties.on())!;
  const arrival = arrivalOf(party.id, party.chatId);
  await diedSending(house.services.outbox, arrival);

  const early = tickAt(house, 0);
  await early.tick();
  assert.equal(early.announced.length, 0);

  // The lease is on the real clock; the claim is taken over as if a minute had passed.
  await house.services.outbox.giveBack(arrivalMessage(arrival), Date.now() - 1);
  const late = tickAt(house, 0);
  await late.tick();
  await tickAt(house, 0).tick();

  assert.deepEqual(
    late.announced.map((arrival) => arrival.guestId),
    ['anna'],
  );
});

test('a camera that is silent for a minute in a party is told of, once, and again when it falls silent again', async (t) => {
  const house = await startParty(t);
  const { parties } = house.services;
  const party = (await parties.on())!;
  const silences = async () => (await house.host.messages()).filter(says(/^I can’t see the door/)).length;

  await tickAt(house, 30_000).tick();
  assert.equal(await silences(), 0);
  await tickAt(house, minute + 1_000).tick();
  await tickAt(house, 2 * minute).tick();
  assert.equal(await silences(), 1);

  await parties.watched(party, party.startedAt + 5 * minute);
  await tickAt(house, 5 * minute + 30_000).tick();
  assert.equal(await silences(), 1, 'it has been back for less than a minute');
  await tickAt(house, 7 * minute).tick();
  await house.host.waitForMessage(says(/^I can’t see the door \(since \d\d:\d\d:\d\d\)\./));
  assert.equal(await silences(), 2);
});

test('a silence that Telegram refuses to tell is told by a later tick', async (t) => {
  const house = await startParty(t);
  house.stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 1 });
  await tickAt(house, 2 * minute).tick();
  assert.equal((await house.host.messages()).filter(says(/^I can’t see the door/)).length, 0);
  await tickAt(house, 4 * minute).tick();
  assert.equal((await house.host.messages()).filter(says(/^I can’t see the door/)).length, 1);
});

test('two producers at one door, and searches that came to their limit, are told unasked, once each', async (t) => {
  const house = await startParty(t);
  const { table } = house.services;
  const pulse = { version: '1', frames: 1, faces: 1, calls: 1, dropped: 0, framesPerSecond: 1 };
  const beat = (alerts: ProducerAlert[], ahead: number) =>
    new Pulses(table).write({ ...pulse, at: Date.now() + ahead, alerts });
  const alerts = async () => (await house.host.messages()).filter(says(/producer/)).map(({ text }) => text);

  await beat([], 0);
  await tickAt(house, 1_000).tick();
  assert.deepEqual(await alerts(), []);
  await beat(['another producer'], 2_000);
  await tickAt(house, 2_000).tick();
  await tickAt(house, 3_000).tick();
  assert.equal((await alerts()).length, 1);
  assert.match((await alerts())[0]!, /^Two producers watch the door/);
  await beat(['another producer', 'searched enough'], 4_000);
  await tickAt(house, 4_000).tick();
  await tickAt(house, 5_000).tick();
  assert.equal((await alerts()).length, 2);
  assert.match((await alerts())[1]!, /as many faces as I may.*SEARCHES_PER_PARTY/s);
});

test('what a producer that is gone said last is not told', async (t) => {
  const house = await startParty(t);
  const figures = { version: '1', frames: 1, faces: 1, calls: 1, dropped: 0, framesPerSecond: 1 };
  await new Pulses(house.services.table).write({
    ...figures,
    at: Date.now() - hour,
    alerts: ['another producer'],
  });
  await tickAt(house, 1_000).tick();
  assert.deepEqual((await house.host.messages()).filter(says(/Two producers/)), []);
});

test('a door that is looked at too seldom is told once, and that it is over', async (t) => {
  const house = await startParty(t);
  const { parties } = house.services;
  const party = (await parties.on())!;
  const told = async () =>
    (await house.host.messages()).filter(says(/keep up with the door/)).map(({ text }) => text);
  await parties.lookedAt(party, 'enough', party.startedAt + 1);
  await tickAt(house, 1_000).tick();
  assert.deepEqual(await told(), []);

  await parties.lookedAt(party, 'too slow', party.startedAt + 20_000);
  await parties.lookedAt(party, 'too slow', party.startedAt + 40_000);
  await tickAt(house, 41_000).tick();
  await tickAt(house, 42_000).tick();
  assert.equal((await told()).length, 1);
  assert.match(
    (await told())[0]!,
    /^I can’t keep up with the door \(since \d\d:\d\d\): .* Close other programs/,
  );

  await parties.lookedAt(party, 'enough', party.startedAt + 50_000);
  await tickAt(house, 51_000).tick();
  await tickAt(house, 52_000).tick();
  assert.equal((await told()).length, 2);
  assert.match(
    (await told())[1]!,
    /^I keep up with the door again\. From \d\d:\d\d to \d\d:\d\d I looked too seldom/,
  );

  await parties.lookedAt(party, 'too slow', party.startedAt + 53_000);
  await tickAt(house, 54_000).tick();
  assert.equal((await told()).length, 2, 'once a party');
  await parties.watched(party, Date.now());
  await house.host.say(house.host.bot, '/status');
  await house.host.waitForMessage(says(/watching the door, but can’t keep up/));
});

test('a slowness that was over before it was told is told no more', async (t) => {
  const house = await startParty(t);
  const { parties } = house.services;
  const party = (await parties.on())!;
  await parties.lookedAt(party, 'too slow', party.startedAt + 20_000);
  await parties.lookedAt(party, 'enough', party.startedAt + 30_000);
  await tickAt(house, 31_000).tick();
  assert.deepEqual((await house.host.messages()).filter(says(/keep up with the door/)), []);
});

test('what has to be forgotten is, and what has to be told, whatever is wrong with the rest', async (t) => {
  const house = await openBotHouse(t);
  const { services, host } = house;
  const unknown = new UnknownFaces(services.table);
  const fails = async (): Promise<never> => {
    throw new Error('It is down.');
  };
  const recognition = { ...services.recognition, status: fails, stop: fails };
  await unknown.noteParty('long over');
  await assert.rejects(tickAt(house, 0, { recognition }).tick(), /It is down/);
  assert.deepEqual(await unknown.parties(), []);
  assert.ok(await services.table.get({ pk: 'LEFTOVERS', sk: 'seen' }), 'and it has looked for leftovers');

  await host.say(host.bot, '/start_party 1h');
  await host.waitForMessage(says(/party’s on/));
  const broken = { note: fails } as unknown as NonNullable<Services['costs']>;
  await assert.rejects(tickAt(house, 50 * minute, { costs: broken }).tick(), /It is down/);
  await host.waitForMessage(says(/end/i));
  assert.equal((await host.messages()).filter(says(/party ends (at|in)/)).length, 1);
});

test('an end that fails leaves no report behind that is still being made', async (t) => {
  const house = await startParty(t);
  const { table } = house.services;
  const fails = async (): Promise<never> => {
    throw new Error('It does not stop.');
  };
  const recognition = { ...house.services.recognition, stop: fails };
  let endFails = (): void => {};
  const failing = new Promise<void>((resolve) => {
    endFails = resolve;
  });
  /** What the end does last before it fails. */
  class Watched extends Outbox {
    override async forget(...message: Parameters<Outbox['forget']>): Promise<void> {
      await super.forget(...message);
      endFails();
    }
  }
  let isReported = false;
  const slow = new Proxy(table, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name, target).bind(target);
      return async (pk: string, prefix = '') => {
        // Only the report of faces that do not move asks for these.
        if (prefix === 'still') {
          await failing;
          for (let reads = 0; reads < 20; reads++) await target.query('NOTHING');
          isReported = true;
        }
        return target.query(pk, prefix);
      };
    },
  });
  const ahead = hour + minute;
  const instead = { recognition, table: slow, outbox: new Watched(table, () => Date.now() + ahead) };
  await assert.rejects(tickAt(house, ahead, instead).tick(), /It does not stop/);
  assert.ok(isReported);
});
