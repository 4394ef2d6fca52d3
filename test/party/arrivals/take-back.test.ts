import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Arrival } from '../../../party/arrivals/arrivals.ts';
import type { PlacedRecord } from '../../../party/arrivals/seen-guests.ts';
import { sayWhoItWas, takeBackArrival } from '../../../party/arrivals/take-back.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import type { Party } from '../../../party/parties/party.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../../support/records.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('an arrival that is taken back', () => {
  let house: ReturnType<typeof partyOn>;
  let opened: OpenTable;
  let chat: KeptChat;
  let party: Party;
  let sequence = 0;

  beforeEach(async () => {
    opened = await openTable();
    house = partyOn(opened.table);
    chat = keptChat();
    for (const [id, name] of Object.entries({ anna: 'Anna', bob: 'Bob' })) {
      await house.guests.add(id, name);
      await house.people.assign(`${id}-1`, { kind: 'guest', id });
    }
    party = (await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour }))!;
    house.clock.pass(10_000);
  });
  afterEach(() => opened.close());

  /** Somebody who looks like Anna’s photo, and less like Bob’s: it is Bob. */
  const deceptive: FaceInFrame = { matches: [match('anna-1', 93), match('bob-1', 85)] };
  const anna: FaceInFrame = { matches: [match('anna-1', 97)] };

  /** The records of two frames of now, and time goes on. */
  function frames(face: FaceInFrame): PlacedRecord[] {
    return [0, 200].map(() => {
      house.clock.pass(50);
      sequence += 1;
      const record = parseRecord(bytesOf(recordOf(house.now(), [face])));
      return { sequenceNumber: String(sequence), cameAt: house.now(), record };
    });
  }

  const names = (): string[] => chat.arrivals.map(({ name }) => name);
  const placeOf = ({ partyId, guestId, time }: Arrival) => ({ partyId, guestId, time });
  const dispatcher = () => createDispatcher(house, chat);

  test('an arrival that was the guest after all can be taken back once more, and is asked about anew', async () => {
    await new Welcome(house, chat).batch(frames(deceptive));
    const place = placeOf(chat.arrivals[0]!);
    await takeBackArrival(house, place);
    await sayWhoItWas(house, dispatcher(), place, 'anna');
    assert.deepEqual(names(), ['Anna', 'Anna']);

    const taken = await takeBackArrival(house, place);
    assert.ok(taken.outcome === 'taken back');
    assert.equal(taken.mistake.whoWas, undefined, 'nobody has said yet who it was this time');
    assert.equal((await sayWhoItWas(house, dispatcher(), place, 'bob')).outcome, 'settled');
    assert.deepEqual(names(), ['Anna', 'Anna', 'Bob']);
  });

  test('what misled never does again, and the guest’s own arrival still comes', async () => {
    const one = new Welcome(house, chat);
    const misleading = frames(deceptive);
    await one.batch(misleading);
    assert.deepEqual(names(), ['Anna']);
    const place = placeOf(chat.arrivals[0]!);

    assert.equal((await takeBackArrival(house, place)).outcome, 'taken back');
    const said = await sayWhoItWas(house, dispatcher(), place, 'bob');
    assert.equal(said.outcome === 'settled' && said.isAnnounced, true);
    assert.deepEqual(names(), ['Anna', 'Bob']);
    house.clock.pass(1000);

    for (let replay = 0; replay < 100; replay++) {
      const batch = replay % 2 ? frames(deceptive) : misleading;
      await (replay % 10 ? one : new Welcome(house, chat)).batch(batch);
    }
    assert.deepEqual(names(), ['Anna', 'Bob']);

    await one.batch(frames(anna));
    assert.deepEqual(names(), ['Anna', 'Bob', 'Anna']);
  });

  test('a Lambda that does not know of it yet counts nothing, though it remembers whose the faces were', async () => {
    const [told, other] = [new Welcome(house, chat), new Welcome(house, chat)];
    await other.batch([]);
    await other.batch(frames({ matches: [match('anna-1', 85)], left: 0.8 }).slice(0, 1));
    await told.batch(frames(deceptive));
    await takeBackArrival(house, placeOf(chat.arrivals[0]!));

    assert.deepEqual(names(), ['Anna']);
  });

  test('once for all who say so at once, and what they say first counts', async () => {
    await new Welcome(house, chat).batch(frames(deceptive));
    const place = placeOf(chat.arrivals[0]!);

    const outcomes = await Promise.all([1, 2, 3].map(() => takeBackArrival(house, place)));
    assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome)), new Set(['taken back']));
    assert.equal(await house.arrivals.get(party.id, 'anna'), undefined);

    await sayWhoItWas(house, dispatcher(), place, 'bob');
    await sayWhoItWas(house, dispatcher(), place, 'bob');
    const second = await sayWhoItWas(house, dispatcher(), place, 'anna');
    assert.equal(second.outcome, 'settled before');
    assert.deepEqual(names(), ['Anna', 'Bob']);
  });

  test('is Anna’s after all, when a host says so: she arrives anew, and her photo is trusted', async () => {
    const one = new Welcome(house, chat);
    await one.batch(frames(deceptive));
    const place = placeOf(chat.arrivals[0]!);
    await takeBackArrival(house, place);
    await sayWhoItWas(house, dispatcher(), place, 'anna');
    assert.deepEqual(names(), ['Anna', 'Anna']);
    assert.deepEqual(
      await house.people.owners(['anna-1']),
      new Map([['anna-1', { kind: 'guest', id: 'anna' }]]),
    );
  });

  test('at a party that is over brings nobody else, and misleads at none that follows', async () => {
    await new Welcome(house, chat).batch(frames(deceptive));
    const place = placeOf(chat.arrivals[0]!);
    await house.parties.end(party);
    const taken = await takeBackArrival(house, place);
    assert.equal(taken.outcome === 'taken back' && taken.isOn, false);
    await sayWhoItWas(house, dispatcher(), place, 'bob');
    assert.deepEqual(names(), ['Anna']);

    house.clock.pass(hour);
    await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour });
    await new Welcome(house, chat).batch(frames(deceptive));
    assert.deepEqual(names(), ['Anna', 'Bob']);
  });

  test('of a guest who was indexed by hand misleads no more either', async () => {
    const ronak: FaceInFrame = { matches: [match('by-hand', 93, 'Ronak')] };
    const one = new Welcome(house, chat);
    await one.batch(frames(ronak));
    await takeBackArrival(house, placeOf(chat.arrivals[0]!));
    house.clock.pass(6000);
    await one.batch(frames(ronak));
    await one.batch(frames({ matches: [match('by-hand', 98, 'Ronak')] }));
    assert.deepEqual(names(), ['Ronak', 'Ronak']);
  });
});
