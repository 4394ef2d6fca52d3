import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { names } from '../local/environment.ts';
import type { Fault } from '../local/telegram/faults.ts';
import { hour, second } from '../party/clock.ts';
import { silentMp3 } from './local/telegram/recordings.ts';
import { claim, openHouse, type TestHouse } from './support/house.ts';
import { bytesOf, match, recordOf } from './support/records.ts';
import { movableTime } from './support/time.ts';

interface Trouble {
  readonly what: string;
  readonly fault: Fault;
  /** After which the message may be tried again, in milliseconds. */
  readonly wait: number;
  /** Telegram has the message though nobody heard so: the one case in which it comes twice. */
  readonly sent?: true;
}

const troubles: readonly Trouble[] = [
  { what: '429 with retry_after', fault: { status: 429, retryAfter: 40 }, wait: 41 * second },
  { what: '500', fault: { status: 500 }, wait: 11 * second },
  { what: '403', fault: { status: 403 }, wait: 61 * second },
  { what: 'cut before', fault: { cut: 'before' }, wait: 61 * second },
  { what: 'cut after', fault: { cut: 'after' }, wait: 61 * second, sent: true },
  { what: 'no answer', fault: { hang: 'before' }, wait: 61 * second },
  { what: 'no answer though sent', fault: { hang: 'after' }, wait: 61 * second, sent: true },
];

test('Telegram’s troubles', async (t) => {
  const time = movableTime(t);
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  const { parties, songs, storage } = house.services;
  await storage.put('songs/song', silentMp3(10), 'audio/mpeg');
  const music = { title: 'Song', key: 'songs/song', fileName: 'song.mp3', contentType: 'audio/mpeg' };
  await songs.put({ id: 'song', ...music, carol: false });
  const startedBy = host.person.id;
  const party = await parties.start({ chatId: host.bot, startedBy, endsAt: Date.now() + 4 * hour });
  assert.ok(party);
  const told = async (name: string) => (await host.messages()).filter(isArrivalOf(name)).length;
  const allTold = async (names: readonly string[]) => await Promise.all(names.map(told));
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const next = (names: readonly string[]) =>
    host.waitForMessage((message) => names.some((name) => isArrivalOf(name)(message)), { timeout: 30_000 });

  await t.test('blocked by the host: who came meanwhile is told of when that is over', async () => {
    const guests = await invited(house, ['Anna', 'Bob']);
    await host.block(true);
    await seen(house, guests);
    await claimed(house, party.id, guests);
    time.pass(61 * second);
    await tick();
    assert.deepEqual(await allTold(guests), [0, 0]);

    await host.block(false);
    time.pass(61 * second);
    // Without a tick: the next batch finds them.
    await seen(house, []);
    await next(guests);
    await next(guests);

    await tick();
    assert.deepEqual(await allTold(guests), [1, 1]);
  });

  for (const { what, fault, wait, sent } of troubles) {
    await t.test(`${what}: one guest of three is told of later, the others at once`, async () => {
      const guests = await invited(
        house,
        ['first', 'second', 'third'].map((which) => `${which} at ${what}`),
      );
      house.telegram!.faults.next('sendAudio', fault);
      await seen(house, guests);
      for (let atOnce = 0; atOnce < (sent ? 3 : 2); atOnce++) await next(guests);
      await tick();
      assert.equal(sum(await allTold(guests)), sent ? 3 : 2, 'not before its time');

      time.pass(wait);
      await tick();
      await next(guests);
      await tick();

      const counts = await allTold(guests);
      assert.ok(Math.min(...counts) === 1 && sum(counts) === (sent ? 4 : 3), String(counts));
    });
  }
});

/** Guests whose faces are called as they are. */
async function invited(
  { services: { guests, people } }: TestHouse,
  names: readonly string[],
): Promise<readonly string[]> {
  for (const name of names) {
    const id = name.replaceAll(/\W/g, '-');
    await guests.add(id, name);
    await guests.setSong(id, 'song');
    await people.assign(name, { kind: 'guest', id });
  }
  return names;
}

/** The recognition is certain of all of them in one frame, which takes its way through the stream. */
async function seen({ aws }: TestHouse, guests: readonly string[]): Promise<void> {
  const faces = guests.map((name, index) => ({ matches: [match(name, 99.9)], left: index / 10 }));
  (await aws.dataStreams.ensure(names.dataStream)).put('door', bytesOf(recordOf(Date.now(), faces)));
}

/** Waits until all of them have an arrival, told or not. */
async function claimed({ services }: TestHouse, partyId: string, guests: readonly string[]): Promise<void> {
  for (;;) {
    const there = new Set((await services.arrivals.list(partyId)).map(({ name }) => name));
    if (guests.every((name) => there.has(name))) return;
  }
}

const isArrivalOf =
  (name: string) =>
  ({ caption }: { caption?: string }): boolean =>
    caption?.startsWith(`${name} has arrived`) === true;

/** What the schedule does every minute. */
async function tick(): Promise<void> {
  const { FunctionError, Payload } = await new LambdaClient().send(
    new InvokeCommand({ FunctionName: 'tick' }),
  );
  assert.equal(FunctionError, undefined, Buffer.from(Payload ?? []).toString());
}
