import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Announcer } from '../../../party/arrivals/announcer.ts';
import type { Arrival } from '../../../party/arrivals/arrivals.ts';
import type { PlacedRecord } from '../../../party/arrivals/seen-guests.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour } from '../../../party/clock.ts';
import { NotSentError } from '../../../party/errors.ts';
import { externalImageIdOf } from '../../../party/guests/enrolled-face.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { FlakyTable } from '../../support/flaky-table.ts';
import { partyOn } from '../../support/party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../../support/records.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('a welcome', () => {
  let house: ReturnType<typeof partyOn>;
  let opened: OpenTable;
  let sent: Arrival[];
  let announce: (arrival: Arrival) => Promise<number>;
  let sequence = 0;

  beforeEach(async () => {
    opened = await openTable();
    house = partyOn(opened.table);
    sent = [];
    announce = async (arrival) => sent.push(arrival);
    await house.guests.add('anna', 'Anna');
    await house.guests.add('bob', 'Bob');
    await house.people.assign('anna-1', { kind: 'guest', id: 'anna' });
    await house.people.assign('bob-1', { kind: 'guest', id: 'bob' });
    await house.people.assign('home-1', { kind: 'household', id: 'home' });
  });
  afterEach(() => opened.close());

  const startParty = () => house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour });
  const chat = {
    announceArrival: (arrival: Arrival) => announce(arrival),
    sendArrivalPicture: async () => 1,
  };
  const welcome = () => new Welcome(house, chat);
  const announcer = () => new Announcer(house, chat);
  const anna: FaceInFrame = { matches: [match('anna-1', 92)] };
  const bob: FaceInFrame = { matches: [match('bob-1', 90)], left: 0.7 };

  /** A record of a frame `ago` milliseconds before now. */
  function placed(ago: number, faces: FaceInFrame[], options: { skew?: number } = {}): PlacedRecord {
    sequence += 1;
    return {
      sequenceNumber: String(sequence),
      cameAt: house.now(),
      record: parseRecord(bytesOf(recordOf(house.now() - ago, faces, options))),
    };
  }

  test('a guest seen in two frames arrives once, and everyone hears of it', async () => {
    await startParty();
    house.clock.pass(10_000);

    const welcomed = await welcome().batch([placed(400, [anna]), placed(200, [anna]), placed(0, [anna])]);

    assert.deepEqual(welcomed.arrived, ['anna']);
    assert.deepEqual(
      sent.map(({ name, chatId, guestId }) => [name, chatId, guestId]),
      [['Anna', 42, 'anna']],
    );
    assert.equal(house.topic.published.length, 1);
    assert.deepEqual(house.pictures.asked, [{ job: 'snapshot', partyId: sent[0]?.partyId, guestId: 'anna' }]);
  });

  test('two sightings may come in two batches, to two Lambdas', async () => {
    await startParty();
    house.clock.pass(10_000);

    await welcome().batch([placed(300, [anna])]);
    assert.equal(sent.length, 0);
    await welcome().batch([placed(0, [anna])]);

    assert.equal(sent.length, 1);
  });

  test('a frame delivered twice is one sighting', async () => {
    await startParty();
    house.clock.pass(10_000);
    const record = placed(0, [anna]);

    await welcome().batch([record, record]);
    await welcome().batch([record]);

    assert.equal(sent.length, 0);
  });

  test('one arrival a guest a party, through redelivery and parallel Lambdas', async () => {
    await startParty();
    house.clock.pass(10_000);
    const records = [placed(400, [anna]), placed(200, [anna, bob]), placed(0, [bob])];

    await Promise.all(Array.from({ length: 6 }, () => welcome().batch(records)));
    await welcome().batch(records);

    assert.deepEqual(sent.map(({ guestId }) => guestId).sort(), ['anna', 'bob']);
  });

  test('the next party welcomes a guest again', async () => {
    const one = welcome();
    const first = await startParty();
    house.clock.pass(10_000);
    await one.batch([placed(200, [anna]), placed(0, [anna])]);
    await house.parties.end(first!);
    house.clock.pass(24 * hour);
    await startParty();
    house.clock.pass(10_000);

    await one.batch([placed(200, [anna]), placed(0, [anna])]);

    assert.equal(sent.length, 2);
  });

  test('without a party nobody arrives, and the refused are counted', async () => {
    const welcomed = await welcome().batch([placed(200, [anna]), placed(0, [anna])]);

    assert.equal(sent.length, 0);
    assert.deepEqual(welcomed.refused, { noParty: 2, beforeParty: 0 });
  });

  test('frames from before the start are a backlog: counted, not announced', async () => {
    await startParty();
    house.clock.pass(1000);

    const welcomed = await welcome().batch([
      placed(1400, [anna]),
      placed(1200, [anna]),
      placed(1000, [anna]),
    ]);

    assert.equal(sent.length, 0);
    assert.deepEqual(welcomed.refused, { noParty: 0, beforeParty: 3 });
  });

  test('a party whose time is over welcomes nobody who comes then', async () => {
    await startParty();
    house.clock.pass(4 * hour + 1000);

    await welcome().batch([placed(400, [anna]), placed(0, [anna])]);

    assert.equal(sent.length, 0);
  });

  test('who was seen in time arrives, though the records are handled when the time is over', async () => {
    await startParty();
    house.clock.pass(4 * hour + 3000);

    const welcomed = await welcome().batch([
      placed(3400, [anna]),
      placed(3100, [anna, bob]),
      placed(2900, [bob]),
    ]);

    assert.deepEqual(welcomed.arrived, ['anna'], 'and Bob’s second frame is too late');
    assert.equal(sent[0]?.time, house.now() - 3400);
  });

  test('who was seen in time arrives at that party, though another one is on when the records are handled', async () => {
    const first = (await startParty())!;
    house.clock.pass(10_000);
    const records = [placed(400, [anna]), placed(200, [anna])];
    await house.parties.extend(first, house.now());
    house.clock.pass(1000);
    await house.parties.end({ ...first, endsAt: house.now() - 1000 });
    house.clock.pass(1000);
    const second = (await startParty())!;
    house.clock.pass(1000);

    await welcome().batch([...records, placed(400, [bob]), placed(200, [bob])]);

    assert.deepEqual(sent.map(({ guestId, partyId }) => [guestId, partyId]).sort(), [
      ['anna', first.id],
      ['bob', second.id],
    ]);
  });

  test('what lay on the stream for long is nobody’s arrival, though it was seen at a party', async () => {
    const party = (await startParty())!;
    house.clock.pass(10_000);
    const records = [placed(400, [anna]), placed(200, [anna])];
    await house.parties.end(party);
    house.clock.pass(24 * hour);

    const welcomed = await welcome().batch(records);

    assert.equal(sent.length, 0);
    assert.deepEqual(welcomed.refused, { noParty: 2, beforeParty: 0 });
  });

  test('a producer whose clock is far off is put right by the service’s, and that is told', async () => {
    const party = await startParty();
    house.clock.pass(10_000);
    const dayBehind = { skew: -24 * hour };

    // The producer's own time lies a day before the party.
    const welcomed = await welcome().batch(
      [400, 200].map((ago) => placed(ago + 24 * hour, [anna], dayBehind)),
    );

    assert.equal(welcomed.clockOffAt, party?.id);
    assert.equal(sent.length, 1);
    const [arrival] = await house.arrivals.list(party!.id);
    assert.equal(arrival?.clock, 'service', 'by which its picture is found');
  });

  test('a household member is never announced', async () => {
    await startParty();
    house.clock.pass(10_000);
    const home: FaceInFrame = { matches: [match('home-1', 99.9)] };

    await welcome().batch([placed(200, [home]), placed(0, [home])]);

    assert.equal(sent.length, 0);
  });

  test('a guest who lives here is announced no more, and is one of the household until taken for a guest again', async () => {
    await startParty();
    house.clock.pass(10_000);
    await house.guests.setLivesHere('anna', true);
    await welcome().batch([placed(400, [anna]), placed(200, [anna])]);
    assert.equal(sent.length, 0);
    await house.guests.setLivesHere('anna', false);
    await welcome().batch([placed(100, [anna]), placed(0, [anna])]);
    assert.equal(sent.length, 1);
  });

  test('a guest who was taken off the list is not announced', async () => {
    await startParty();
    house.clock.pass(10_000);
    await house.people.assign('gone-1', { kind: 'guest', id: 'gone' });

    const welcomed = await welcome().batch([placed(0, [{ matches: [match('gone-1', 99.5)] }])]);

    assert.deepEqual(welcomed.failed, []);
    assert.equal(sent.length, 0);
  });

  test('a face indexed by hand arrives under its external id', async () => {
    await startParty();
    house.clock.pass(10_000);
    const ronak: FaceInFrame = { matches: [match('by-hand', 99.5, 'Ronak')] };

    await welcome().batch([placed(0, [ronak])]);

    assert.deepEqual(
      sent.map(({ name }) => name),
      ['Ronak'],
    );
  });

  const enrolled = (similarity: number, ...others: FaceInFrame[]): FaceInFrame => ({
    matches: [
      match('new-1', similarity, externalImageIdOf('AQADnew')),
      ...others.flatMap(({ matches = [] }) => matches),
    ],
  });

  test('a face that was enrolled is nobody’s until it has an owner, and then was the guest’s from the first frame', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();

    await one.batch([placed(200, [enrolled(99.5)]), placed(0, [enrolled(99.5)])]);
    assert.equal(sent.length, 0);
    const seenAt = house.now() - 200;
    house.clock.pass(1500);
    await house.guests.add('berta', 'Berta');
    await house.people.assign('new-1', { kind: 'guest', id: 'berta' });
    await one.batch([placed(0, [])]);

    assert.deepEqual(
      sent.map(({ name, time }) => [name, time]),
      [['Berta', seenAt]],
    );
  });

  test('the photos that were enrolled before their ids had a prefix are nobody’s name either', async () => {
    await startParty();
    house.clock.pass(10_000);
    const old: FaceInFrame = { matches: [match('new-1', 99.5, 'AQADmqgxGxl4wEl-')] };

    await welcome().batch([placed(200, [old]), placed(0, [old])]);

    assert.equal(sent.length, 0);
  });

  test('while a face may be that of somebody who is being enrolled, nobody else is named in its place', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();

    await one.batch([placed(200, [enrolled(97, anna)]), placed(0, [enrolled(97, anna)])]);
    await house.guests.add('berta', 'Berta');
    await house.people.assign('new-1', { kind: 'guest', id: 'berta' });
    await one.batch([placed(0, [])]);

    assert.deepEqual(
      sent.map(({ name }) => name),
      ['Berta'],
    );
  });

  test('what an enrolment that was cut short left in the collection keeps a guest waiting for seconds only', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();

    await one.batch([placed(200, [enrolled(97, anna)])]);
    house.clock.pass(11_000);
    await one.batch([placed(200, [enrolled(97, anna)]), placed(0, [enrolled(97, anna)])]);

    assert.deepEqual(
      sent.map(({ name }) => name),
      ['Anna'],
    );
  });

  test('a guest whose arrival could not be written when the face got its owner is not lost', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();
    await one.batch([placed(200, [enrolled(99.5)])]);
    await house.guests.add('berta', 'Berta');
    await house.people.assign('new-1', { kind: 'guest', id: 'berta' });
    const see = house.arrivals.see.bind(house.arrivals);
    house.arrivals.see = () => Promise.reject(new Error('throttled'));

    assert.deepEqual((await one.batch([placed(0, [])])).failed, [], 'the batch has nothing that failed');
    house.arrivals.see = see;
    await one.batch([placed(0, [])]);

    assert.equal(sent.length, 1);
  });

  test('what waited for an owner is not lost with a batch that fails when it has one', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();
    await one.batch([placed(200, [enrolled(99.5)]), placed(0, [enrolled(99.5)])]);
    await house.guests.add('berta', 'Berta');
    await house.people.assign('new-1', { kind: 'guest', id: 'berta' });
    const { latest } = house.parties;
    house.parties.latest = () => Promise.reject(new Error('throttled'));

    const again = placed(0, []);
    await assert.rejects(one.batch([again]), /throttled/);
    house.parties.latest = latest;
    await one.batch([again]);

    assert.deepEqual(
      sent.map(({ name }) => name),
      ['Berta'],
    );
  });

  test('frames that show nobody new cost nothing', async () => {
    const calls: string[] = [];
    const table = new FlakyTable(opened.documents, opened.name, ({ operation, key }) => {
      calls.push(`${operation} ${key.pk}`);
      return 'works';
    });
    await startParty();
    house.clock.pass(10_000);
    const one = new Welcome(partyOn(table, house.clock), chat);
    const ronak: FaceInFrame = { matches: [match('by-hand', 99.5, 'Ronak')], left: 0.2 };
    const home: FaceInFrame = { matches: [match('home-1', 95)], left: 0.5 };
    const stranger: FaceInFrame = { left: 0.9 };
    const everybody = [anna, bob, ronak, home, stranger];
    await one.batch([placed(400, everybody), placed(200, everybody)]);
    assert.equal(sent.length, 3);
    // Until hosts are asked about the stranger.
    for (let frame = 0; frame < 5; frame++) await one.batch([placed(frame, [stranger])]);
    calls.length = 0;

    for (let batch = 0; batch < 20; batch++) {
      await one.batch([placed(20, everybody), placed(0, []), placed(0, [stranger])]);
      house.clock.pass(20);
    }
    assert.deepEqual(calls, []);
  });

  test('a face that is given to somebody else is theirs within seconds', async () => {
    await startParty();
    house.clock.pass(10_000);
    const one = welcome();
    await one.batch([placed(200, [anna]), placed(0, [anna])]);
    await house.people.assign('anna-1', { kind: 'guest', id: 'bob' });
    house.clock.pass(5000);

    await one.batch([placed(200, [anna]), placed(0, [anna])]);

    assert.deepEqual(
      sent.map(({ name }) => name),
      ['Anna', 'Bob'],
    );
  });

  test('a refused message is tried again when Telegram says, by the next batch, and counts as handled', async () => {
    await startParty();
    house.clock.pass(10_000);
    const works = announce;
    announce = async () => {
      throw new NotSentError('Too Many Requests', house.now() + 7000);
    };
    const one = welcome();

    const welcomed = await one.batch([placed(200, [anna]), placed(0, [anna])]);
    assert.deepEqual(welcomed.failed, []);
    announce = works;
    house.clock.pass(6000);
    await one.batch([placed(0, [])]);
    assert.equal(sent.length, 0, 'not before Telegram allows it');
    house.clock.pass(6000);
    await one.batch([placed(0, [])]);

    assert.equal(sent.length, 1);
    assert.equal(sent[0]?.name, 'Anna');
  });

  test('a message that may have been sent waits for its lease to end, and the tick sends it', async () => {
    await startParty();
    house.clock.pass(10_000);
    const works = announce;
    announce = async () => {
      throw new Error('socket hang up');
    };
    await welcome().batch([placed(200, [anna]), placed(0, [anna])]);
    announce = works;

    house.clock.pass(30_000);
    assert.equal(await announcer().retryPending(0), 0);
    house.clock.pass(31_000);
    assert.equal(await announcer().retryPending(0), 1);
    assert.equal(await announcer().retryPending(0), 0);

    assert.equal(sent.length, 1);
  });

  test('one guest’s trouble does not hold up another', async () => {
    await startParty();
    house.clock.pass(10_000);
    const works = announce;
    announce = (arrival) => (arrival.guestId === 'anna' ? Promise.reject(new Error('no')) : works(arrival));

    await welcome().batch([placed(200, [anna, bob]), placed(0, [anna, bob])]);

    assert.deepEqual(
      sent.map(({ guestId }) => guestId),
      ['bob'],
    );
  });

  test('only a claim that could not be written goes back to Kinesis', async () => {
    await startParty();
    house.clock.pass(10_000);
    const see = house.arrivals.see.bind(house.arrivals);
    house.arrivals.see = (guest, times) =>
      guest.guestId === 'anna' ? Promise.reject(new Error('throttled')) : see(guest, times);
    const records = [placed(400, [bob]), placed(200, [anna]), placed(0, [bob])];

    const welcomed = await welcome().batch(records);

    assert.deepEqual(welcomed.failed, [records[1]?.sequenceNumber]);
    assert.deepEqual(
      sent.map(({ guestId }) => guestId),
      ['bob'],
    );
  });

  test('what follows a message is done by the next when its sender died, and the message is not sent again', async () => {
    await startParty();
    house.clock.pass(10_000);
    const ask = house.pictures.ask.bind(house.pictures);
    house.pictures.ask = () => Promise.reject(new Error('no Lambda'));
    await welcome().batch([placed(200, [anna]), placed(0, [anna])]);
    assert.equal(sent.length, 1);
    house.pictures.ask = ask;

    assert.equal(await announcer().retryPending(0), 0, 'the lease is not over yet');
    house.clock.pass(61_000);
    assert.equal(await announcer().retryPending(0), 1);
    assert.equal(await announcer().retryPending(0), 0);

    assert.equal(sent.length, 1);
    assert.equal(house.pictures.asked.length, 1);
  });

  test('pending arrivals that cannot be looked for bring no batch again', async () => {
    await startParty();
    house.clock.pass(10_000);
    house.outbox.pending = () => Promise.reject(new Error('throttled'));

    const welcomed = await welcome().batch([placed(200, [anna]), placed(0, [anna])]);

    assert.deepEqual(welcomed.failed, []);
    assert.equal(sent.length, 1);
  });

  test('each arrival is timed by its stages, which add up', async () => {
    await startParty();
    house.clock.pass(10_000);
    const first = { ...placed(3_000, [anna]), cameAt: house.now() - 1_200 };
    const second = { ...placed(2_500, [{ matches: [match('anna-1', 95)] }]), cameAt: house.now() - 1_000 };
    announce = async (arrival) => {
      house.clock.pass(300);
      return sent.push(arrival);
    };

    await welcome().batch([first, second], house.now() - 100);

    assert.deepEqual(Object.fromEntries(house.metrics.times), {
      FrameToRecord: [1_500],
      RecordToMatch: [900],
      MatchToSent: [400],
      FrameToSent: [2_800],
    });
  });

  test('a message that did not go out is counted, and timed from frame to chat when it has', async () => {
    await startParty();
    house.clock.pass(10_000);
    announce = () => Promise.reject(new NotSentError('429', house.now() + 1000));
    await welcome().batch([placed(200, [anna]), placed(0, [anna])]);
    assert.deepEqual([...house.metrics.counts], [['MessagesNotSent', 1]]);
    assert.equal(house.metrics.times.size, 0);

    house.clock.pass(20_000);
    announce = async (arrival) => sent.push(arrival);
    await welcome().batch([placed(0, [])]);
    assert.deepEqual(Object.fromEntries(house.metrics.times), { FrameToSent: [house.now() - sent[0]!.time] });
  });
});
