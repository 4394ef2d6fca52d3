import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Arrival } from '../../../party/arrivals/arrivals.ts';
import { Looks } from '../../../party/arrivals/looks.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour, second } from '../../../party/clock.ts';
import { partOf } from '../../../party/forget/scopes.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { parseRecord } from '../../../party/record/record.ts';
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

  test('is forgotten with the guest', async () => {
    await frame(second, anna(92, onTheWall));
    const items = await house.table.scan();
    const isPlace = ({ sk }: { readonly sk: string }) => sk === 'still#anna';
    assert.ok(items.some(isPlace));
    const own = partOf({ items, objects: [], faces: [] } as never, { what: 'guest', guestId: 'anna' });
    assert.ok(own.items.some(isPlace));
  });
});
