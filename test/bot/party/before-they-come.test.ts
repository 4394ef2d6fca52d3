import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { inviteGuests } from '../../support/door.ts';

test('a start says in private who cannot be recognised, who has only a poor photo, and who has no song', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  await services.guests.add('carla', 'Carla');
  await services.guests.addPhoto('ben', {
    photoId: 'AQADben',
    faceIds: ['ben-1'],
    key: 'photos/ben',
    advice: ['dim light'],
  });
  await services.guests.setSong('anna', 'song');
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party');
  const told = await host.waitForMessage(says(/^⚠ I have no photo of Carla, so I can’t recognise them\./));
  assert.equal(told.chat.id, host.bot);
  assert.deepEqual(told.text?.split('\n').slice(1), [
    '⚠ I only have a poor photo of Ben. A better one helps: the whole face, in good light.',
    'No song yet for Ben and Carla, so a carol plays.',
  ]);
  assert.deepEqual(
    (await host.messages(group))
      .filter(({ from }) => from?.is_bot)
      .map(({ text }) => text?.split('!')[0]?.slice(0, 12)),
    ['The party’s '],
  );
});

test('and nothing when all is well', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await services.guests.setSong('anna', 'song');
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(host.bot, '/help');
  await host.waitForMessage(says(/\/start_party/));
  assert.equal((await host.messages(host.bot)).filter(says(/⚠|No song/)).length, 0);
});
