import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names } from '../local/environment.ts';
import type { Fault } from '../local/telegram/faults.ts';
import { hour, second } from '../party/clock.ts';
import { Guests } from '../party/guests/guests.ts';
import { movableTime } from './support/clock.ts';
import { eventually } from './support/eventually.ts';
import { claim, openHouse, type TestHouse } from './support/house.ts';
import { bytesOf, match, recordOf } from './support/records.ts';
import { silentMp3 } from './support/silence.ts';
import { tick } from './support/tick.ts';

interface Trouble {
  readonly what: string;
  /** Met by one guest each. */
  readonly faults: readonly Fault[];
  /** After which the messages may be tried again, in milliseconds. */
  readonly wait: number;
  /** How many Telegram has though nobody heard so: the one case in which a message comes twice. */
  readonly sent?: number;
}

const troubles: readonly Trouble[] = [
  { what: '500', faults: [{ status: 500 }], wait: 11 * second },
  { what: 'cut before', faults: [{ cut: 'before' }], wait: 61 * second },
  { what: 'cut after', faults: [{ cut: 'after' }], wait: 61 * second, sent: 1 },
  // In one batch, for the next one waits until both have timed out.
  {
    what: 'no answer, and no answer though sent',
    faults: [{ hang: 'before' }, { hang: 'after' }],
    wait: 61 * second,
    sent: 1,
  },
];

/** These hold the whole chat: whoever is not told of yet waits, and nobody asks again before its time. */
const holds: readonly Trouble[] = [
  { what: '429 with retry_after', faults: [{ status: 429, retryAfter: 40 }], wait: 41 * second },
  { what: '403', faults: [{ status: 403 }], wait: 61 * second },
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
    // Without a tick: the next batches find them, as frames come.
    await eventually('both are told of', async () => {
      await seen(house, []);
      return sum(await allTold(guests)) === 2;
    });
    await eventually('nothing waits any more', async () => {
      await tick();
      return !(await house.services.destinations.of({ chatId: host.bot })).isBehind;
    });
    assert.deepEqual(await allTold(guests), [1, 1]);
  });

  for (const { what, faults, wait, sent = 0 } of troubles) {
    await t.test(`${what}: one guest of three is told of later, the others at once`, async () => {
      const guests = await invited(
        house,
        faults.flatMap((_, place) => [1, 2, 3].map((which) => `Guest ${3 * place + which} at ${what}`)),
      );
      const atOnce = guests.length - faults.length + sent;
      house.telegram!.faults.next('sendAudio', ...faults);
      await seen(house, guests);
      for (let heard = 0; heard < atOnce; heard++) await next(guests);
      // The tick waits for what may be sent soon.
      if (wait > 20 * second) {
        await tick();
        assert.equal(sum(await allTold(guests)), atOnce, 'not before its time');
      }

      time.pass(wait);
      await tick();
      for (const _ of faults) await next(guests);
      await tick();

      const counts = await allTold(guests);
      assert.ok(Math.min(...counts) === 1 && sum(counts) === guests.length + sent, String(counts));
    });
  }

  for (const { what, faults, wait } of holds) {
    await t.test(
      `${what}: the chat is held, and all of three guests are told of once it is over`,
      async () => {
        const guests = await invited(
          house,
          [1, 2, 3].map((which) => `Guest ${which} at ${what}`),
        );
        house.telegram!.faults.next('sendAudio', ...faults);
        await seen(house, guests);
        await claimed(house, party.id, guests);
        await tick();
        assert.ok(sum(await allTold(guests)) < 3, 'not before its time');

        time.pass(wait);
        await eventually('all are told of', async () => {
          await tick();
          return sum(await allTold(guests)) >= 3;
        });
        await tick();
        assert.deepEqual(await allTold(guests), [1, 1, 1]);
      },
    );
  }
});

/** Guests whose faces are called as they are. */
async function invited(
  { services: { guests, people } }: TestHouse,
  names: readonly string[],
): Promise<readonly string[]> {
  for (const name of names) {
    const id = Guests.newId();
    await guests.add(id, name);
    await guests.setSong(id, 'song');
    await people.assign(name, { kind: 'guest', id });
  }
  return names;
}

/**
 * The recognition is certain of all of them in two frames, which take their way through the stream. From one to the other
 * they move, for who is there at the beginning and does not is taken for a picture.
 */
async function seen({ aws }: TestHouse, guests: readonly string[]): Promise<void> {
  const stream = await aws.dataStreams.ensure(names.dataStream);
  for (const frame of [0, 1]) {
    const faces = guests.map((name, index) => ({
      matches: [match(name, 99.9)],
      left: index / 10 + frame / 20,
    }));
    stream.put('door', bytesOf(recordOf(Date.now() + frame, faces)));
  }
}

/** Waits until all of them have an arrival, told or not. */
function claimed({ services }: TestHouse, partyId: string, guests: readonly string[]): Promise<void> {
  return eventually('all have arrived', async () => {
    const there = new Set((await services.arrivals.list(partyId)).map(({ name }) => name));
    return guests.every((name) => there.has(name));
  });
}

const isArrivalOf =
  (name: string) =>
  ({ caption }: { caption?: string }): boolean =>
    // Who came more than two minutes ago is told of as one who came.
    ['is here', 'came at'].some((how) => caption?.startsWith(`${name} ${how}`) === true);
