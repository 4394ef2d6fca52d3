import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';

test('the status says who is here since when, and who is still to come', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben', 'Carla']);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await doorOf(house).shows(faceLike({ anna: 95 }));
  const [seen] = await services.arrivals.list((await services.parties.on())!.id);
  assert.ok(seen);
  await host.say(host.bot, '/status');
  const told = await host.waitForMessage(says(/^The party’s on, from/));
  assert.match(told.text ?? '', /1 of 3 guests arrived\.\n/);
  assert.match(told.text ?? '', /\n\d\d:\d\d Anna\nStill to come: Ben and Carla\.$/);
  assert.deepEqual(labels(told), ['Ben is here', 'Carla is here']);
});

test('whom the camera missed is here when a host says so: announced once, with the song', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(group, '/status');
  const told = await host.waitForMessage(says(/^The party’s on in the group “The flat”, from/));
  assert.equal(told.chat.id, host.bot, 'guests need not read who has not come');

  await host.press(told, 'Ben is here');
  const arrival = await host.waitForMessage(says(/^Ben is here!$/));
  assert.equal(arrival.chat.id, group);
  const after = await host.waitForMessage(says(/Still to come: Anna\.$/));
  assert.match(after.text ?? '', /1 of 2 guests arrived\..*\n\d\d:\d\d Ben\n/s);
  assert.deepEqual(labels(after), ['Anna is here']);

  await doorOf(house).shows(faceLike({ ben: 95 }));
  const party = (await services.parties.on())!;
  assert.equal((await services.arrivals.list(party.id)).length, 1);
  assert.equal((await host.messages(group)).filter(says(/^Ben is here!$/)).length, 1);
});
