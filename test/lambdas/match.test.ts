import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { KinesisStreamEvent } from 'aws-lambda';
import { createMatch } from '../../lambdas/match.ts';
import { kinesisEvent } from '../../local/lambda/kinesis-event.ts';
import { hour } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { endParty } from '../../party/parties/end-party.ts';
import { eventually } from '../support/eventually.ts';
import { type KeptChat, keptChat } from '../support/kept-chat.ts';
import { partyOn } from '../support/party.ts';
import { match, recordOf } from '../support/records.ts';
import { openTable } from '../support/table.ts';

describe('the match', () => {
  let house: ReturnType<typeof partyOn>;
  let close: () => Promise<void>;
  let chat: KeptChat;

  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
    chat = keptChat();
    await house.guests.add('anna', 'Anna');
    await house.people.assign('anna-1', { kind: 'guest', id: 'anna' });
    await house.parties.start({ chatId: 42, startedBy: 42, endsAt: house.now() + 4 * hour });
    house.clock.pass(10_000);
  });
  afterEach(() => close());

  const handler = () => createMatch(house, chat);

  /** An event as Lambda hands it over, with these things on the stream: records, or anything else. */
  function eventOf(...things: unknown[]): KinesisStreamEvent {
    const records = things.map((thing, index) => ({
      sequenceNumber: `4959033827149025660855969253836157109592157598913658889${index}`,
      partitionKey: 'p',
      data: Buffer.from(typeof thing === 'string' ? thing : JSON.stringify(thing)),
      arrivedAt: house.now(),
    }));
    return kinesisEvent('records', records);
  }

  const seen = (ago: number, options = {}) =>
    recordOf(house.now() - ago, [{ matches: [match('anna-1', 92)] }], options);

  test('a batch with broken records welcomes whom the others show, and fails none', async () => {
    const answer = await handler()(eventOf('no JSON', seen(200), { some: 'thing' }, seen(0), ''));

    assert.deepEqual(answer, { batchItemFailures: [] });
    assert.deepEqual(
      chat.arrivals.map(({ name }) => name),
      ['Anna'],
    );
    assert.equal(house.log.lines.filter((line) => line.includes('Broken record')).length, 3);
  });

  test('a claim that cannot be written is what Kinesis brings again', async () => {
    house.arrivals.see = () => Promise.reject(new Error('throttled'));
    const event = eventOf(recordOf(house.now(), []), seen(200), seen(0));

    const answer = await handler()(event);

    assert.deepEqual(
      answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
      [event.Records[1], event.Records[2]].map((record) => record?.kinesis.sequenceNumber),
    );
  });

  test('that the producer’s clock is off is told once a party, in its chat', async () => {
    const one = handler();
    await one(eventOf(seen(0, { skew: 100_000 })));
    await one(eventOf(seen(0, { skew: 100_000 })));
    await handler()(eventOf(seen(0, { skew: 100_000 })));

    assert.deepEqual(chat.clocks, [42]);
  });

  test('who was seen before /end_party and handled after it has come, as its recap says; who comes later has not', async () => {
    await house.guests.add('bob', 'Bob');
    await house.people.assign('bob-1', { kind: 'guest', id: 'bob' });
    const one = handler();
    await one(eventOf(recordOf(house.now() - 1000, [])));
    const inTime = [seen(400), seen(200)];
    const bob = (ago: number) => recordOf(house.now() - ago, [{ matches: [match('bob-1', 99.5)] }]);
    const ended = endParty(house, createDispatcher(house, chat), (await house.parties.on())!, 'asked');
    await eventually('the end is written', async () => (await house.parties.on()) === undefined);
    house.clock.pass(3000);
    await one(eventOf(...inTime));
    assert.equal(chat.recaps.length, 0, 'more may come that was seen in time');
    house.clock.pass(1000);
    await one(eventOf(bob(0)));

    assert.equal(await ended, true);
    const [recap] = chat.recaps;
    assert.deepEqual(
      recap?.came.map(({ name }) => name),
      ['Anna'],
    );
    assert.deepEqual(recap?.missed, ['Bob']);
    assert.deepEqual(
      chat.arrivals.map(({ name }) => name),
      ['Anna'],
    );
  });

  test('names are in no log', async () => {
    await handler()(eventOf(seen(200), seen(0)));
    assert.ok(house.log.lines.length > 0);
    assert.ok(!house.log.lines.some((line) => line.includes('Anna')));
  });

  test('records that are refused are counted by their reason', async () => {
    await handler()(eventOf('no JSON', 'nor this', seen(60_000)));
    await house.parties.end((await house.parties.on())!);
    house.clock.pass(1000);
    await handler()(eventOf(seen(0), seen(100), seen(200)));
    assert.deepEqual(Object.fromEntries(house.metrics.counts), {
      RecordsBroken: 2,
      RecordsBeforeParty: 1,
      RecordsWithoutParty: 3,
    });
  });

  test('the time until a record’s Lambda began is measured from when it came onto the stream', async () => {
    const event = eventOf(seen(400), seen(200));
    house.clock.pass(700);
    await handler()(event, house.now());
    assert.deepEqual(house.metrics.times.get('RecordToMatch'), [700]);
  });
});
