import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Arrival } from '../../../party/arrivals/arrivals.ts';
import { Looks } from '../../../party/arrivals/looks.ts';
import { reportStill } from '../../../party/arrivals/report-still.ts';
import { guestsFromTheBeginning } from '../../../party/arrivals/still-guests.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { partOf } from '../../../party/forget/scopes.ts';
import { forGood } from '../../../party/guests/guests.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../../support/records.ts';
import { openTable } from '../../support/table.ts';

describe('a guest’s picture in the camera’s view', () => {
  let house: ReturnType<typeof partyOn>;
  let sent: Arrival[] = [];
  let welcome: Welcome;
  let partyId: string;
  let close: () => Promise<void>;
  let sequence = 0;

  const begin = () => {
    welcome = new Welcome(house, { announceArrival: async (arrival) => sent.push(arrival) });
  };
  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = { ...partyOn(opened.table), rules: sightingRules.video };
    sent = [];
    sequence = 0;
    await house.guests.add('anna', 'Anna');
    await house.people.assign('anna-1', { kind: 'guest', id: 'anna' });
    const party = await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour });
    partyId = party!.id;
    begin();
  });
  afterEach(() => close());

  const anna = (similarity: number, left: number): FaceInFrame => ({
    matches: [match('anna-1', similarity)],
    left,
  });
  const [onTheWall, byTheDoor] = [0.1, 0.6];

  /** A frame that comes so much later than the last. */
  async function frame(later: number, ...faces: FaceInFrame[]): Promise<void> {
    house.clock.pass(later);
    sequence += 1;
    const record = parseRecord(bytesOf(recordOf(house.now(), faces)));
    await welcome.batch([{ sequenceNumber: String(sequence), cameAt: house.now(), record }]);
  }

  test('is no arrival in an hour, through a restart too; the guest who comes then is, once, where she is', async () => {
    await frame(second, anna(99.5, onTheWall));
    for (let minutes = 0; minutes < 60; minutes++) {
      await frame(30 * second, anna(99.5, onTheWall + 0.004 * (minutes % 3)));
      await frame(30 * second, ...(minutes % 7 === 0 ? [] : [anna(98, onTheWall)]));
      if (minutes % 20 === 10) begin();
    }
    assert.equal(sent.length, 0);
    const looks = await new Looks(house.table, house.now).of(partyId, 'anna');
    assert.equal(looks?.best.verdict, 'still', 'and /why says so');

    // The picture is more like her photo than she is: it must not hide her.
    await frame(500, anna(99.5, onTheWall), anna(85, byTheDoor));
    await frame(500, anna(99.5, onTheWall), anna(86, byTheDoor + 0.02));
    await frame(500, anna(99.5, onTheWall), anna(86, byTheDoor));
    assert.deepEqual(
      sent.map(({ guestId, box }) => [guestId, box?.left]),
      [['anna', byTheDoor + 0.02]],
    );
  });

  test('is known to whoever goes on, though it could not be written at first', async () => {
    const { put } = house.table;
    house.table.put = (...args: Parameters<typeof put>) =>
      args[0].sk.startsWith('still') ? Promise.reject(new Error('throttled')) : put.apply(house.table, args);
    house.clock.pass(second);
    const record = parseRecord(bytesOf(recordOf(house.now(), [anna(99.5, onTheWall)])));
    const again = [{ sequenceNumber: 'again', cameAt: house.now(), record }];
    await assert.rejects(welcome.batch(again), /throttled/);
    house.table.put = put;
    await welcome.batch(again);
    assert.deepEqual(await guestsFromTheBeginning(house.table, partyId), ['anna']);
  });

  test('is told from a guest who stands there at the beginning, and moves', async () => {
    await frame(second, anna(92, onTheWall));
    await frame(500, anna(92, onTheWall));
    await frame(500, anna(92, onTheWall + 0.03));
    await frame(500, anna(92, onTheWall + 0.04));
    assert.equal(sent.length, 1);
  });

  test('is told from a guest who comes after the beginning, and stands still', async () => {
    await frame(second);
    await frame(2 * second, anna(92, byTheDoor));
    await frame(500, anna(92, byTheDoor));
    assert.equal(sent.length, 1);
  });

  test('keeps nobody of the party before from arriving, whose last records come late', async () => {
    await frame(second);
    await frame(2 * second);
    const lastMoments = house.now();
    house.clock.pass(second);
    await house.parties.end((await house.parties.on())!);
    await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + hour });
    house.clock.pass(second);
    const late = [lastMoments + 200, lastMoments + 400].map((time) => ({
      sequenceNumber: `late ${time}`,
      cameAt: house.now(),
      record: parseRecord(bytesOf(recordOf(time, [anna(92, byTheDoor)]))),
    }));
    await welcome.batch(late);
    assert.deepEqual(
      sent.map((arrival) => arrival.partyId),
      [partyId],
    );
  });

  test('is told to the host once; a guest who moves is not', async () => {
    const chat = keptChat();
    const dispatcher = createDispatcher(house, chat);
    const minute = async () => reportStill(house, dispatcher, (await house.parties.on())!);
    await house.guests.add('ben', 'Ben');
    await house.people.assign('ben-1', { kind: 'guest', id: 'ben' });
    const ben = (left: number) => ({ matches: [match('ben-1', 92)], left });
    await frame(second, anna(92, onTheWall), ben(byTheDoor));
    await minute();
    assert.deepEqual(chat.still, [], 'one look is not believed');
    for (let times = 1; times < 6; times++)
      await frame(2 * second, anna(92, onTheWall), ben(byTheDoor - 0.05 * times));
    await minute();
    await minute();
    assert.deepEqual(chat.still, ['Anna']);
    assert.deepEqual(
      sent.map(({ guestId }) => guestId),
      ['ben'],
    );
  });

  test('is not told of a guest who is muted', async () => {
    const chat = keptChat();
    await house.guests.setMuted('anna', forGood);
    for (let times = 0; times < 5; times++) await frame(4 * second, anna(92, onTheWall));
    await reportStill(house, createDispatcher(house, chat), (await house.parties.on())!);
    assert.deepEqual(chat.still, []);
  });

  test('is forgotten with the guest, and with what was told of it', async () => {
    for (let times = 0; times < 5; times++) await frame(4 * second, anna(92, onTheWall));
    const party = (await house.parties.on())!;
    await reportStill(house, createDispatcher(house, keptChat()), party);
    const items = await house.table.scan();
    const own = partOf({ items, objects: [], faces: [] } as never, { what: 'guest', guestId: 'anna' });
    const keys = own.items.map(({ sk }) => sk);
    for (const key of ['still#anna', 'notice#still#guest#anna']) assert.ok(keys.includes(key), keys.join());
    const left = items.filter(({ pk, sk }) => !own.items.some((item) => item.pk === pk && item.sk === sk));
    assert.ok(!JSON.stringify(left).includes('Anna'));
  });
});
