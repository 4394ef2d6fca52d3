import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createMatch } from '../../lambdas/match.ts';
import { goOnInTime } from '../../local/deployment/clock.ts';
import { hour, minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { MonotonicClock } from '../../party/monotonic-clock.ts';
import { reportSilence } from '../../party/parties/silence.ts';
import { keptChat } from '../support/kept-chat.ts';
import { partyOn } from '../support/party.ts';
import { bytesOf, match, recordOf } from '../support/records.ts';
import { type OpenTable, openTable } from '../support/table.ts';

/** A machine whose clock can be set; each run of the program reads it by a clock of its own. */
class Machine {
  #wall = 1_795_000_000_000;
  #steady = 0;

  set(by: number): void {
    this.#wall += by;
  }

  pass(milliseconds: number): void {
    this.#wall += milliseconds;
    this.#steady += milliseconds;
  }

  /** A run of the program on this table. */
  run(table: OpenTable) {
    const begin = this.#steady;
    const clock = new MonotonicClock(
      () => this.#wall,
      () => this.#steady - begin,
    );
    const chat = keptChat();
    const house = partyOn(table.table, { now: clock.now, pass: (milliseconds) => this.pass(milliseconds) });
    const handler = createMatch(house, chat);
    const see = async (faceId: string) => {
      const records = [400, 200, 0].map((ago, index) => ({
        kinesis: {
          sequenceNumber: String(index),
          // The stream's time may be any: nothing is decided by it.
          approximateArrivalTimestamp: this.#wall / second,
          data: Buffer.from(
            bytesOf(recordOf(clock.now() - ago, [{ matches: [match(faceId, 92)] }])),
          ).toString('base64'),
        },
      }));
      await handler({ Records: records } as never);
    };
    return { clock, chat, house, see };
  }
}

describe('a clock that is set back', () => {
  let table: OpenTable;
  before(async () => {
    table = await openTable();
    const { guests, people } = partyOn(table.table);
    for (const id of ['anna', 'bob']) {
      await guests.add(id, id);
      await people.assign(`${id}-1`, { kind: 'guest', id });
    }
  });
  after(() => table.close());

  for (const [name, by] of [
    ['ten minutes', 10 * minute],
    ['a day', 24 * hour],
  ] as const) {
    test(`by ${name} in a party keeps nobody from arriving, and the camera is not silent for it`, async () => {
      const machine = new Machine();
      const { chat, house, see } = machine.run(table);
      const party = (await house.parties.start({
        chatId: 42,
        startedBy: 1,
        endsAt: house.now() + 4 * hour,
      }))!;
      machine.pass(5 * second);
      await see('anna-1');
      machine.set(-by);
      machine.pass(5 * second);
      await see('bob-1');

      assert.deepEqual(
        chat.arrivals.map(({ guestId }) => guestId),
        ['anna', 'bob'],
      );
      assert.deepEqual([chat.gaps, chat.clocks], [[], []]);
      const on = (await house.parties.on())!;
      assert.ok(house.now() - on.watchedUntil! < second);
      await reportSilence(house, createDispatcher(house, chat), on);
      assert.deepEqual(chat.silences, []);
      assert.equal(await house.parties.end(party), true);
    });

    test(`by ${name} between two runs in a party keeps nobody from arriving, and is in the log`, async () => {
      const machine = new Machine();
      const first = machine.run(table);
      await first.house.parties.start({ chatId: 42, startedBy: 1, endsAt: first.house.now() + 4 * hour });
      machine.pass(5 * second);
      await first.see('anna-1');

      machine.pass(minute);
      machine.set(-by);
      const later = machine.run(table);
      await goOnInTime(later.house, later.clock);
      machine.pass(5 * second);
      await later.see('bob-1');

      assert.deepEqual(
        later.chat.arrivals.map(({ guestId }) => guestId),
        ['bob'],
      );
      assert.ok(later.house.log.lines.some((line) => line.includes('set back since the last run')));
      assert.equal(await later.house.parties.end((await later.house.parties.latest())!), true);
    });
  }
});
