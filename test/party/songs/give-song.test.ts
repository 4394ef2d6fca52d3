import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest } from '../../../party/guests/guests.ts';
import { giveSongByName, type WhoseSong, whoseSong } from '../../../party/songs/give-song.ts';

const guest = (id: string, name: string): Guest => ({ id, name, addedAt: 0 });
const anna = guest('a', 'Anna');
const otherAnna = guest('a2', 'anna');
const berta = guest('b', 'Berta');
const everybody = [anna, berta];
const two = [anna, otherAnna, berta];

const cases: Array<{ when: string; name?: string; guests: Guest[]; expected: WhoseSong }> = [
  { when: 'nobody is invited', name: 'Anna', guests: [], expected: { whose: 'nobody invited' } },
  {
    when: 'no name came with it',
    guests: everybody,
    expected: { whose: 'asked', why: 'no name', among: everybody },
  },
  {
    when: 'one guest has the name',
    name: ' ANNA ',
    guests: everybody,
    expected: { whose: 'guest', guest: anna },
  },
  {
    when: 'nobody has the name',
    name: 'Carla',
    guests: everybody,
    expected: { whose: 'asked', why: 'nobody of that name', among: everybody },
  },
  {
    when: 'two guests have the name',
    name: 'Anna',
    guests: two,
    expected: { whose: 'asked', why: 'several of that name', among: [anna, otherAnna] },
  },
];
for (const { when, name, guests, expected } of cases) {
  test(`whose a song is when ${when}`, () => assert.deepEqual(whoseSong(name, guests), expected));
}

test('a guest who is taken off the list while a song is given is asked for instead', async () => {
  const guests = { list: async () => everybody, setSong: async () => undefined };
  const services = { guests } as unknown as Parameters<typeof giveSongByName>[0];
  assert.deepEqual(await giveSongByName(services, 's', 'Anna'), {
    whose: 'asked',
    why: 'nobody of that name',
    among: [berta],
  });
});
