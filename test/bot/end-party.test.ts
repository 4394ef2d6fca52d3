import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApi } from '../../bot/api.ts';
import { endParty } from '../../bot/end-party.ts';
import { RecognitionError } from '../../party/errors.ts';
import type { Services } from '../../party/services.ts';
import { standToken } from '../local/telegram/stand.ts';
import { openBotHouse, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';

async function openParty(
  t: Parameters<typeof openBotHouse>[0],
  recognition: Partial<Services['recognition']>,
) {
  const house = await openBotHouse(t);
  const { services, host, stand } = house;
  const party = (await services.parties.start({
    chatId: host.bot,
    startedBy: host.person.id,
    endsAt: Date.now() - 1,
  }))!;
  const failing = {
    ...services,
    recognition: { ...services.recognition, ...recognition } as Services['recognition'],
  };
  return { ...house, party, failing, api: createApi(standToken, stand.root) };
}

test('a recognition that does not stop is told of once, however often the tick tries', async (t) => {
  const stop = () => Promise.reject(new RecognitionError('the service is busy'));
  const { services, failing, api, party, host } = await openParty(t, { stop });
  for (let tick = 0; tick < 3; tick++) {
    await assert.rejects(endParty(failing, api, party, 'time is over'), RecognitionError);
  }
  assert.equal((await host.messages()).filter(says(/does not stop yet: the service is busy/)).length, 1);
  assert.equal(await endParty(services, api, party, 'time is over'), true);
  await host.waitForMessage(says(/^Its time is up/));
});

test('of several that end a party one does, and tells', async (t) => {
  const { services, api, party, host } = await openParty(t, {});
  const ended = await Promise.all([1, 2, 3, 4].map(() => endParty(services, api, party, 'time is over')));
  assert.deepEqual(ended.filter(Boolean), [true]);
  assert.equal((await host.messages()).filter(says(/^Its time is up/)).length, 1);
});

test('a host who ends a party is not told that its time is up by a tick that comes while it ends', async (t) => {
  const stops: Array<() => void> = [];
  const stop = () => new Promise<void>((stopped) => stops.push(stopped));
  const { services, failing, api, party, host } = await openParty(t, { stop });
  const asked = endParty(failing, api, party, 'asked');
  await eventually('the recognition is stopping', () => stops.length === 1);
  assert.equal(await endParty(services, api, party, 'time is over'), false);
  stops[0]!();
  assert.equal(await asked, true);
  await host.waitForMessage(says(/^The party is over/));
  assert.equal((await host.messages()).filter(says(/party is over/)).length, 1);
});

test('a chat that cannot be told keeps no party from ending', async (t) => {
  const { services, api, party, stand, logged } = await openParty(t, {});
  stand.telegram.faults.next('sendMessage', { cut: 'before' });
  assert.equal(await endParty(services, api, party, 'time is over'), true);
  assert.equal(await services.parties.latest(), undefined);
  assert.ok(logged.some((line) => line.includes("the party's chat was not told")));
});

test('the recap of one that died while it ended a party is told by the next', async (t) => {
  const { services, api, party, host } = await openParty(t, {});
  const dies = new Proxy(api, {
    get: (real, name) => (name === 'sendMessage' ? () => new Promise(() => {}) : Reflect.get(real, name)),
  });
  void endParty(services, dies, party, 'asked');
  const key = { pk: `PARTY#${party.id}`, sk: 'recap' };
  while (!(await services.table.get(key)));
  assert.equal(await endParty(services, api, party, 'time is over'), false, 'the lease is not over yet');

  await services.claims.giveBack(key, Date.now() - 1);

  assert.equal(await endParty(services, api, party, 'time is over'), true);
  await host.waitForMessage(says(/^The party is over/));
  assert.equal(await services.parties.latest(), undefined);
});
