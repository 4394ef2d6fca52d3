import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createMatch } from '../../../lambdas/match.ts';
import { createTick } from '../../../lambdas/tick.ts';
import { kinesisEvent } from '../../../local/lambda/kinesis-event.ts';
import { minute, second } from '../../../party/clock.ts';
import { NotYetError } from '../../../party/errors.ts';
import { Claims } from '../../../party/outbox/claim.ts';
import { PendingStarts } from '../../../party/parties/pending-start.ts';
import type { Recognition } from '../../../party/recognition/recognition.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { type BotHouse, openBotHouse, says } from '../../support/bot-house.ts';
import { recordOf } from '../../support/records.ts';

/** What a recognition does when it is started, and what it says of itself. */
interface Trouble {
  start?: () => Promise<void>;
  message?: string;
}

/** A house whose recognition is as a test says, and its tick at any later time. */
async function openTroubled(t: TestContext, trouble: Trouble) {
  const asked: Array<number | undefined> = [];
  let stops = 0;
  const house = await openBotHouse(t, {
    instead: ({ recognition: real }) => ({
      recognition: {
        start: async (until) => {
          asked.push(until);
          await (trouble.start ?? (() => real.start(until)))();
        },
        stop: () => {
          stops++;
          return real.stop();
        },
        status: async () => ({
          ...(await real.status()),
          ...(trouble.message && { message: trouble.message }),
        }),
        picture: (time) => real.picture(time),
      } satisfies Recognition,
    }),
  });
  const tick = (later: number) => {
    const now = () => Date.now() + later;
    const { table } = house.services;
    const services = { ...house.services, claims: new Claims(table, now), now };
    return createTick(services, chatOf(house, services))();
  };
  return { ...house, asked, stops: () => stops, tick };
}

const toldInAll = async ({ host }: Pick<BotHouse, 'host'>): Promise<string[]> =>
  (await host.messages(host.bot))
    .filter(({ from, text }) => from?.is_bot && !text?.includes('1. Send me'))
    .map(({ text = '' }) => text);

const late = async (): Promise<never> => {
  throw new NotYetError('the producer did not answer within 9 s');
};

test('a start that takes longer than Telegram waits is finished by the tick, in the same message', async (t) => {
  const trouble: Trouble = { start: late };
  const house = await openTroubled(t, trouble);
  const { host, services, asked, tick } = house;
  const began = Date.now();
  await host.say(host.bot, '/start_party 90m');
  const waiting = await host.waitForMessage(
    says(/^Still starting: the producer did not answer within 9 s\. I’ll keep trying until \d\d:\d\d,/),
  );
  assert.ok(asked[0]! - began < 10 * second, 'Telegram is not kept waiting longer');
  assert.equal(await services.parties.latest(), undefined);
  await tick(minute);
  assert.equal(house.stops(), 0, 'what has been begun goes on');

  delete trouble.start;
  await tick(2 * minute);
  const on = await host.waitForMessage(says(/^The party’s on until \d\d:\d\d!/));
  assert.equal(on.message_id, waiting.message_id);
  const party = await services.parties.on();
  assert.ok(Math.abs(party!.endsAt - began - 90 * minute) < minute, 'it ends when the host said');
  await tick(2.5 * minute);
  assert.equal((await services.recognition.status()).state, 'on');
});

test('a start that comes to nothing is given up after five minutes, and says why', async (t) => {
  const house = await openTroubled(t, { start: late });
  const { host, services, tick } = house;
  await host.say(host.bot, '/start_party');
  const waiting = await host.waitForMessage(says(/^Still starting/));
  await tick(6 * minute);
  const failed = await host.waitForMessage(
    says(/^I couldn’t start the party: the producer did not answer within 9 s\.$/),
  );
  assert.equal(failed.message_id, waiting.message_id);
  assert.equal(house.stops(), 1);
  await tick(7 * minute);
  assert.equal(await services.parties.latest(), undefined);
  assert.equal(house.asked.length, 2, 'it is tried no more');
});

test('a lost line or a busy AWS is tried again, and told', async (t) => {
  // As a client of the SDK throws it when it has tried for the last time.
  const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', $metadata: { attempts: 3 } });
  const trouble: Trouble = { start: () => Promise.reject(lost) };
  const { host, tick } = await openTroubled(t, trouble);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^Still starting: AWS doesn’t answer\. I’ll keep trying/));
  delete trouble.start;
  await tick(minute);
  await host.waitForMessage(says(/^The party’s on until/));
});

test('while one is starting there is no other, and /end_party calls it off', async (t) => {
  const house = await openTroubled(t, { start: late });
  const { host, services, tick } = house;
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^Still starting/));
  await host.say(host.bot, '/start_party 2h');
  await host.waitForMessage(says(/^I’m starting a party already\./));
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^OK, I won’t start it\.$/));
  await tick(minute);
  assert.equal(await services.parties.latest(), undefined);
  assert.equal(house.asked.length, 1);
  assert.deepEqual(
    (await toldInAll(house)).filter((text) => text.startsWith('Still')),
    [],
    'the message that said so reads otherwise now',
  );
});

test('one that is called off while the tick is at it starts no party', async (t) => {
  const trouble: Trouble = { start: late };
  const house = await openTroubled(t, trouble);
  const { host, services, tick } = house;
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^Still starting/));
  const { recognition } = services;
  trouble.start = async () => {
    await host.say(host.bot, '/end_party');
    await host.waitForMessage(says(/^OK, I won’t start it\.$/));
  };
  await tick(minute);
  assert.equal(await services.parties.latest(), undefined);
  assert.equal((await recognition.status()).state, 'off');
  assert.equal(house.stops(), 1);
});

test('the start says what is wrong with the camera, and is written over when pictures come', async (t) => {
  const trouble: Trouble = { message: 'The camera refuses the password.' };
  const house = await openTroubled(t, trouble);
  const { host, services, tick } = house;
  await host.say(host.bot, '/start_party');
  const on = await host.waitForMessage(says(/^The party’s on until/));
  assert.match(
    on.text!,
    /! But I can’t see the door\. The camera refuses the password\. \/end_party ends it\.\n/,
  );

  delete trouble.message;
  await tick(30 * second);
  const blind = await host.waitForMessage(says(/But I can’t see the door: no picture has come/));
  assert.equal(blind.message_id, on.message_id);

  const party = await services.parties.on();
  await services.parties.watched(party!, Date.now() + 50 * second);
  await tick(55 * second);
  const seen = await host.waitForMessage(says(/! I’m watching the door and announce everyone here\./));
  assert.equal(seen.message_id, on.message_id);
});

test('a party without pictures says what is known of the camera, as long as none comes', async (t) => {
  const { host, tick } = await openTroubled(t, { message: 'The camera is turned off' });
  const why = /! But I can’t see the door\. The camera is turned off\. \/end_party ends it\.\n/;
  await host.say(host.bot, '/start_party');
  const on = await host.waitForMessage(says(why));
  await tick(30 * second);
  const later = (await host.messages()).find(({ message_id: id }) => id === on.message_id);
  assert.match(later?.text ?? '', why);
});

test('the first picture turns the message at once, and no tick has to come for it', async (t) => {
  const house = await openTroubled(t, {});
  const { host, services } = house;
  await services.guests.add('anna', 'Anna');
  await host.say(host.bot, '/start_party');
  const waiting = await host.waitForMessage(says(/I’m waiting for the first picture from the camera;/));
  const match = createMatch(services, chatOf(house));
  const picture = () => {
    const data = Buffer.from(JSON.stringify(recordOf(services.now(), [])));
    const record = { sequenceNumber: '1', partitionKey: 'p', data, arrivedAt: services.now() };
    return match(kinesisEvent('records', [record]));
  };
  await picture();
  const seen = await host.waitForMessage(
    says(/! I’m watching the door and announce everyone here\. .*\n1 guest expected\.$/),
  );
  assert.equal(seen.message_id, waiting.message_id);
  assert.equal((await services.parties.on())!.startTold, 'seen');
});

test('a camera that was off before the party is not waited for again by the next tick', async (t) => {
  const house = await openTroubled(t, {});
  const { host, services, tick } = house;
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/I’m waiting for the first picture/));
  await services.parties.toldStart((await services.parties.on())!, { door: 'silent', invited: 0 });
  await tick(0);
  assert.equal((await services.parties.on())!.startTold, 'silent');
});

/** A start that is pending although its party has begun: whoever was at it died then. */
async function diedStarting(house: Awaited<ReturnType<typeof openTroubled>>) {
  const { host, services } = house;
  const { message_id: startMessage } = await house.stand.api.sendMessage(host.person.id, 'Starting…');
  const what = {
    chatId: host.bot,
    startedBy: host.person.id,
    endsAt: Date.now() + 90 * minute,
    startMessage,
  };
  await new PendingStarts(services.table).add({ ...what, askedIn: 1, askedAt: Date.now() });
  return { startMessage, party: (await services.parties.start(what))! };
}

test('a start whose Lambda died with the party on is told all the same', async (t) => {
  const house = await openTroubled(t, {});
  const { host, tick } = house;
  const { startMessage } = await diedStarting(house);
  await tick(minute);
  const told = await host.waitForMessage(says(/^The party’s on until/));
  assert.equal(told.message_id, startMessage);
});

test('a start whose Lambda died with the party on is not begun again when the party was ended', async (t) => {
  const house = await openTroubled(t, {});
  const { services, asked, tick } = house;
  const { party } = await diedStarting(house);
  await services.parties.end(party);
  await tick(minute);
  await tick(2 * minute);
  assert.deepEqual(asked, []);
  assert.equal(await services.parties.latest(), undefined);
  assert.equal(await new PendingStarts(services.table).get(), undefined);
});
