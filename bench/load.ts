import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { credentials, names } from '../local/environment.ts';
import { firstMoments } from '../party/arrivals/still-faces.ts';
import { minute, second } from '../party/clock.ts';
import { Guests } from '../party/guests/guests.ts';
import { People } from '../party/guests/people.ts';
import { Table } from '../party/stores/table.ts';
import { putCarols } from '../test/support/carols.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { claim, isArrival, startParty } from '../test/support/house.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from '../test/support/records.ts';
import { PersonClient } from '../test/support/telegram/person-client.ts';
import { type Figure, spreadInSeconds } from './figure.ts';
import { npmStart } from './npm-start.ts';

const recordsPerSecond = 200;
/** What comes onto the stream at once, so many times a second. */
const putsPerSecond = 20;
const lasting = 20 * second;
/** Guests who are in every frame, and have arrived. */
const here = 3;
/** One arrives each second. */
const newcomers = lasting / second;

/**
 * The whole program under load: how long after its record a guest's name stands in the chat, while 200 records a
 * second come, most of them of guests who are here already.
 */
export async function loadBench(): Promise<Figure[]> {
  const folder = await emptyFolder();
  await putCarols(folder);
  const program = npmStart(folder);
  try {
    const { page, aws } = await program.ready();
    const host = await PersonClient.connect(`${page}/telegram`, 'host');
    try {
      await claim({ pageUrl: page }, host);
      await inviteAll(aws);
      await startParty(host);
      await delay(second);
      return spreadInSeconds(`record to message at ${recordsPerSecond} records/s`, await arrivals(host, aws));
    } finally {
      await host.close();
    }
  } finally {
    await program.kill();
  }
}

const guestIds = Array.from({ length: here + newcomers }, (_, index) => `guest-${index}`);

/** Guests whose faces need not be real, for nobody looks for them. */
async function inviteAll(aws: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(at(aws)));
  const table = new Table(client, names.table);
  const guests = new Guests(table, Date.now);
  const people = new People(table);
  for (const id of guestIds) {
    await guests.add(id, id);
    await people.assign(`face-of-${id}`, { kind: 'guest', id });
  }
}

/** Milliseconds from the record that decided on each newcomer to the message about them. */
async function arrivals(host: PersonClient, aws: string): Promise<number[]> {
  const client = new KinesisClient(at(aws));
  const told = new Map<string, number>();
  const listening = (async () => {
    while (told.size < guestIds.length) {
      const message = await host.waitForMessage(isArrival, { timeout: 2 * minute });
      const id = /guest-\d+/.exec(message.caption ?? message.text ?? '')?.[0];
      if (id) told.set(id, performance.now());
    }
  })();
  const decided = new Map<string, number>();
  const standing = guestIds.slice(0, here);
  const put = (records: readonly Uint8Array[]) =>
    client.send(
      new PutRecordsCommand({
        StreamName: names.dataStream,
        Records: records.map((Data) => ({ Data, PartitionKey: 'load' })),
      }),
    );
  // Who is there in a party's first moments and does not move is taken for a picture: nobody is.
  await put([frame(Date.now(), [])]);
  await delay(firstMoments + second);
  const begin = performance.now();
  for (let round = 0; round < (lasting / second) * putsPerSecond; round++) {
    await delay(Math.max(0, begin + (round * second) / putsPerSecond - performance.now()));
    const arriving = round % putsPerSecond < 2 ? [guestIds[here + Math.floor(round / putsPerSecond)]!] : [];
    const count = recordsPerSecond / putsPerSecond;
    const records = Array.from({ length: count }, (_, index) =>
      frame(Date.now() - (count - index), index === 0 ? [...standing, ...arriving] : standing),
    );
    await put(records);
    for (const id of arriving) decided.set(id, performance.now());
  }
  await listening;
  client.destroy();
  return guestIds.slice(here).map((id) => told.get(id)! - decided.get(id)!);
}

function frame(time: number, ids: readonly string[]): Uint8Array {
  const faces = ids.map(
    (id, index): FaceInFrame => ({ matches: [match(`face-of-${id}`, 92)], left: index / 5 }),
  );
  return bytesOf(recordOf(time, faces));
}

const at = (endpoint: string) => ({ endpoint, region: names.region, credentials });
