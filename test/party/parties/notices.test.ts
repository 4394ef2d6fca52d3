import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Looks } from '../../../party/arrivals/looks.ts';
import { reportStill } from '../../../party/arrivals/report-still.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { day, hour, minute, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { ClockOff } from '../../../party/parties/clock-off.ts';
import { warnOfEnd } from '../../../party/parties/end-warning.ts';
import { askMorningAfter, noonAfter } from '../../../party/parties/morning-after.ts';
import type { Party } from '../../../party/parties/party.ts';
import { reportProducer } from '../../../party/parties/producer-alerts.ts';
import { reportSlowness } from '../../../party/parties/slow-door.ts';
import { Pulses } from '../../../party/recognition/pulse.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { parseRecord } from '../../../party/record/record.ts';
import { keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { bytesOf, match, recordOf } from '../../support/records.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('a notice that is due for many minutes waits once for a chat that is held', () => {
  let open: OpenTable;
  let house: ReturnType<typeof partyOn>;
  let party: Party;
  beforeEach(async () => {
    open = await openTable();
    house = { ...partyOn(open.table), rules: sightingRules.video };
    const endsAt = house.now() + 4 * hour;
    party = (await house.parties.start({ chatId: 42, startedBy: 42, endsAt }))!;
  });
  afterEach(() => open.close());

  const dispatcher = () => createDispatcher(house, keptChat());

  /** What waits after three minutes of telling it, while the chat takes nothing. */
  async function waiting(tell: () => Promise<unknown>): Promise<number> {
    await house.destinations.hold(42, house.now() + hour);
    for (let minutes = 0; minutes < 3; minutes++) {
      house.clock.pass(minute);
      await tell();
    }
    return (await house.outbox.pending()).length;
  }

  test('that the party ends soon', async () => {
    house.clock.pass(4 * hour - 10 * minute);
    assert.equal(await waiting(() => warnOfEnd(house, dispatcher(), party)), 1);
  });

  test('that the door is looked at too seldom', async () => {
    await house.parties.lookedAt(party, 'too slow', house.now() + second);
    const tell = async () => reportSlowness(house, dispatcher(), (await house.parties.on())!);
    assert.equal(await waiting(tell), 1);
  });

  test('what the producer says, and all of it', async () => {
    const figures = { version: '1', frames: 1, faces: 1, calls: 1, dropped: 0, framesPerSecond: 1 };
    const tell = async () => {
      const alerts = ['another producer', 'searched enough'] as const;
      await new Pulses(house.table).write({ ...figures, at: house.now(), alerts: [...alerts] });
      await reportProducer(house, dispatcher(), party);
    };
    assert.equal(await waiting(tell), 2);
  });

  test('that a face does not move', async () => {
    await house.guests.add('anna', 'Anna');
    await house.people.assign('anna-1', { kind: 'guest', id: 'anna' });
    const welcome = new Welcome(house, {});
    for (let frame = 0; frame < 5; frame++) {
      house.clock.pass(4 * second);
      const record = parseRecord(bytesOf(recordOf(house.now(), [{ matches: [match('anna-1', 92)] }])));
      await welcome.batch([{ sequenceNumber: String(frame), cameAt: house.now(), record }]);
    }
    assert.ok(await new Looks(house.table, house.now).of(party.id, 'anna'));
    assert.equal(await waiting(() => reportStill(house, dispatcher(), party)), 1);
  });

  test('that the camera’s clock is wrong, by as many Lambdas', async () => {
    assert.equal(await waiting(() => new ClockOff(house, keptChat()).report(party.id)), 1);
  });

  test('the question of the morning after', async () => {
    await house.parties.end(party);
    const noon = noonAfter(party.endsAt, 'Europe/Berlin');
    house.clock.pass(noon - house.now());
    assert.ok(house.now() < party.endsAt + day);
    assert.equal(await waiting(() => askMorningAfter(house, dispatcher())), 1);
  });
});
