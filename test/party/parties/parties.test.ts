import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hour, minute } from '../../../party/clock.ts';
import { partyOn } from '../../support/party.ts';
import { openTable } from '../../support/table.ts';

describe('parties', () => {
  let house: ReturnType<typeof partyOn>;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
  });
  afterEach(() => close());

  const start = () => house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour });

  test('of two who start a party at once, one does', async () => {
    const parties = await Promise.all([start(), start()]);
    assert.equal(parties.filter(Boolean).length, 1);
  });

  test('a party whose time is over is not on, but is still there to be ended', async () => {
    await start();
    house.clock.pass(4 * hour);
    assert.equal(await house.parties.on(), undefined);
    assert.notEqual(await house.parties.latest(), undefined);
  });

  test('a party is ended once, whoever tries', async () => {
    const party = (await start())!;
    const ended = await Promise.all([1, 2, 3].map(() => house.parties.end(party)));
    assert.equal(ended.filter(Boolean).length, 1);
    assert.equal(await house.parties.latest(), undefined);
    assert.deepEqual(
      (await house.parties.past()).map(({ id }) => id),
      [party.id],
    );
  });

  test('ending an old party leaves a new one alone', async () => {
    const old = (await start())!;
    await house.parties.end(old);
    house.clock.pass(1000);
    const fresh = await start();
    assert.equal(await house.parties.end(old), false);
    assert.equal((await house.parties.on())?.id, fresh?.id);
  });

  for (const back of [10 * minute, 24 * hour]) {
    test(`the last party is the last also by a clock that was set back by ${back / minute} minutes before it`, async () => {
      const first = (await start())!;
      await house.parties.end(first);
      house.clock.pass(-back);
      const second = (await start())!;
      await house.parties.end(second);
      assert.notEqual(first.id, second.id);
      assert.equal((await house.parties.lastPast())?.id, second.id);
      assert.deepEqual(
        (await house.parties.past()).map(({ id }) => id),
        [first.id, second.id],
      );
    });
  }

  test('carols take turns, one each, however many ask at once', async () => {
    const party = (await start())!;
    const turns = await Promise.all([1, 2, 3, 4, 5].map(() => house.parties.nextCarolTurn(party)));
    assert.deepEqual(turns.sort(), [0, 1, 2, 3, 4]);
    await house.parties.end(party);
    assert.equal(await house.parties.nextCarolTurn(party), undefined);
  });

  test('a party goes on in the chat that its own became, and is found by its id when it is past', async () => {
    const party = (await start())!;
    await house.parties.moveChat(41, 43);
    assert.equal((await house.parties.on())?.chatId, 42);
    await house.parties.moveChat(42, -100_42);
    const moved = (await house.parties.find(party.id))!;
    assert.equal(moved.chatId, -100_42);
    await house.parties.end(moved);
    assert.equal((await house.parties.find(party.id))?.chatId, -100_42);
  });

  test('a party can be made longer', async () => {
    const party = (await start())!;
    house.clock.pass(3 * hour);
    assert.equal((await house.parties.extend(party, party.endsAt + hour))?.endsAt, party.endsAt + hour);
  });
});
