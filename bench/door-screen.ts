import { hour, minute } from '../party/clock.ts';
import { costOf, sum } from '../party/costs/cost.ts';
import { prices } from '../party/costs/prices.ts';
import { screenId } from '../party/door-screen/screen-arrivals.ts';
import { watchArrivals } from '../party/door-screen/watch-arrivals.ts';
import { partyPartition } from '../party/parties/party.ts';
import { clockAt } from '../test/support/clock.ts';
import { partyOn } from '../test/support/party.ts';
import { openTable } from '../test/support/table.ts';
import type { Figure } from './figure.ts';

const guests = 40;
/** What is measured, and what it stands for. */
const span = 15 * minute;
const party = 5 * hour;
/** The door function's (infra/functions/door.ts). */
const memoryGb = 0.25;

/**
 * What one screen costs on AWS that is on for five hours, with forty guests who have all arrived: the reads then are
 * the most. Requests and reads are counted on a real table in virtual time; DynamoDB's own measure of a read is asked
 * for.
 */
export async function doorScreenBench(): Promise<Figure[]> {
  const { table, documents, close } = await openTable();
  let reads = 0;
  let units = 0;
  documents.middlewareStack.add(
    (next) => async (call) => {
      Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(call);
      reads++;
      units += (answer.output as { ConsumedCapacity?: { CapacityUnits?: number } }).ConsumedCapacity!
        .CapacityUnits!;
      return answer;
    },
    { step: 'initialize' },
  );
  const services = partyOn(table, clockAt(1_795_000_000_000));
  const { parties, now } = services;
  const { id: partyId } = (await parties.start({ chatId: 1, startedBy: 1, endsAt: now() + party }))!;
  const time = now();
  for (let index = 0; index < guests; index++) await table.put(arrivalOf(partyId, `guest${index}`, time));
  const addresses = { of: async () => '', origin: async () => '' };
  const known = new Set(
    Array.from({ length: guests }, (_, index) => screenId({ partyId, guestId: `guest${index}`, time })),
  );

  reads = 0;
  units = 0;
  let requests = 0;
  const began = now();
  while (now() - began < span) {
    await watchArrivals({ ...services, addresses }, { on: true, known });
    requests++;
    // The link is looked at before and after each request.
    reads += 2;
    units += 2;
  }
  await close();
  const times = party / (now() - began);
  const { to: dollars } = sum([
    costOf(times * requests, prices.lambdaRequest),
    costOf((party / 1000) * memoryGb, prices.lambdaGigabyteSecond),
    costOf(times * units, prices.tableRead),
  ]);
  return [
    { name: 'a screen for 5 h: requests', value: times * requests, unit: '' },
    { name: 'a screen for 5 h: reads', value: times * reads, unit: '' },
    { name: 'a screen for 5 h: read units', value: times * units, unit: '' },
    { name: 'a screen for 5 h: in all', value: dollars, unit: '$' },
  ];
}

const arrivalOf = (partyId: string, guestId: string, time: number) => ({
  pk: partyPartition(partyId),
  sk: `guest#${guestId}`,
  ...{ partyId, guestId, name: 'Maximiliane-Theodora', time, chatId: 1, hostId: 1, similarity: 99 },
  ...{
    box: { left: 0.4, top: 0.3, width: 0.2, height: 0.3 },
    songId: 'a'.repeat(32),
    messageId: 1,
    toldIn: 1,
  },
  ...{ claim: 'done', leaseEnds: time, attempts: 1, seen: new Set([time, time + 1, time + 2]) },
});
