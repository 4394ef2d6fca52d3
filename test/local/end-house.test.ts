import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { endHouse } from '../../local/end-house.ts';
import type { Party } from '../../party/parties/party.ts';

const until = Date.UTC(2026, 11, 24, 23, 30);
const usual = path.resolve('.joy');
const party = { id: 'p', chatId: 1, startedBy: 1, startedAt: 0, endsAt: until } satisfies Party;

for (const [what, on, says] of [
  ['no party is on', async () => undefined, /^Stopped\. Everything is kept\.$/],
  ['a party is on', async () => party, /^Stopped\. The party is on until 00:30; npm start resumes it\.$/],
  [
    'nobody knows whether a party is on',
    () => Promise.reject(new Error('No table.')),
    /^Stopped\. Everything is kept/,
  ],
] as const) {
  test(`the house ends when ${what}, and says so`, async () => {
    let closed = false;
    const close = async (): Promise<void> => {
      closed = true;
    };
    const settings = { read: async () => ({ timeZone: 'Europe/Berlin' }) } as never;
    assert.match(await endHouse({ services: { parties: { on }, settings }, close }, usual), says);
    assert.ok(closed);
  });
}

test('a party that is on is resumed on the folder that it is kept in', async () => {
  const settings = { read: async () => ({ timeZone: 'Europe/Berlin' }) } as never;
  const house = { services: { parties: { on: async () => party }, settings }, close: async () => {} };
  assert.match(await endHouse(house, path.resolve('other')), /; npm start -- --data other resumes it\.$/);
});
