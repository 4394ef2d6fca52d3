import type { KinesisStreamEvent } from 'aws-lambda';
import { createMatch } from '../lambdas/match.ts';
import { hour, second } from '../party/clock.ts';
import { sightingRules } from '../party/recognition/rules.ts';
import { keptChat } from '../test/support/kept-chat.ts';
import { partyOn } from '../test/support/party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../test/support/records.ts';
import { openTable } from '../test/support/table.ts';
import type { Figure } from './figure.ts';

const batchSize = 100;
const batches = 30;

/** How many records a second the match handler takes, one batch after another, on a table of this machine. */
export async function matchBench(): Promise<Figure[]> {
  const { table, close } = await openTable();
  try {
    const house = { ...partyOn(table), rules: sightingRules.video };
    await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 24 * hour });
    for (const guest of ['anna', 'bob', 'carla']) {
      await house.guests.add(guest, guest);
      await house.people.assign(`${guest}-1`, { kind: 'guest', id: guest });
    }
    const known = ['anna', 'bob', 'carla'].map((guest) => ({ matches: [match(`${guest}-1`, 92)] }));
    let newcomers = 0;
    const newcomer = (): FaceInFrame => {
      newcomers += 1;
      return { matches: [match(`face-${newcomers}`, 99.9, `Guest-${newcomers}`)] };
    };
    const kinds: Array<[name: string, faces: () => readonly FaceInFrame[]]> = [
      ['match: records without a face', () => []],
      ['match: records with three guests who are here', () => known],
      ['match: records with a guest who arrives', () => [newcomer()]],
    ];

    const handler = createMatch(house, keptChat());
    const figures: Figure[] = [];
    for (const [name, faces] of kinds) {
      const events = Array.from({ length: batches }, () => {
        house.clock.pass(second);
        return eventOf(house.now(), faces);
      });
      await handler(events[0]!); // warms up, and whoever is here arrives
      const before = performance.now();
      for (const event of events.slice(1)) await handler(event);
      const seconds = (performance.now() - before) / 1000;
      figures.push({ name, value: ((batches - 1) * batchSize) / seconds, unit: 'records/s' });
    }
    return figures;
  } finally {
    await close();
  }
}

function eventOf(now: number, faces: () => readonly FaceInFrame[]): KinesisStreamEvent {
  const records = Array.from({ length: batchSize }, (_, index) => ({
    kinesis: {
      sequenceNumber: String(index),
      data: Buffer.from(bytesOf(recordOf(now - index * 5, faces()))).toString('base64'),
    },
  }));
  return { Records: records } as unknown as KinesisStreamEvent;
}
