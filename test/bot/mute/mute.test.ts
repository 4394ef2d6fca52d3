import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labels, openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { endParty, startParty } from '../../support/house.ts';

test('a muted guest is recognised and not announced; /status and the recap have her all the same', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  await startParty(host);
  await host.say(host.bot, '/mute anna');
  const question = await host.waitForMessage(says(/^I’ll recognise Anna and say nothing\. For how long\?/));
  assert.deepEqual(labels(question), ['For this party', 'For good']);
  await host.press(question, 'For this party');
  await host.waitForMessage(says(/^I won’t announce Anna at this party\.$/));

  const door = doorOf(house);
  await door.shows(faceLike({ anna: 93 }));
  await door.shows(faceLike({ ben: 93 }));
  await host.waitForMessage(says(/^Ben is here!/));
  await host.say(host.bot, '/status');
  const status = await host.waitForMessage(says(/2 of 2 guests arrived/));
  assert.match(status.text!, /\n\d\d:\d\d Anna\n/);
  assert.match(await endParty(host), /2 of 2 guests came:\n\d\d:\d\d Anna\n\d\d:\d\d Ben/);
  assert.deepEqual((await host.messages(host.bot)).filter(says(/^Anna is here/)), []);

  await startParty(host);
  await doorOf(house).shows(faceLike({ anna: 93 }));
  await host.waitForMessage(says(/^Anna is here!/));
});

test('for good, and undone', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await host.say(host.bot, '/mute Anna');
  const question = await host.waitForMessage(says(/^I’ll recognise Anna and say nothing\. From now on\?$/));
  assert.deepEqual(labels(question), ['Yes, until I say otherwise'], 'no party is on');
  await host.press(question, 'Yes, until I say otherwise');
  const muted = await host.waitForMessage(says(/^I won’t announce Anna any more\.$/));
  await host.say(host.bot, '/guests');
  await host.press(await host.waitForMessage(says(/^1 guest:/)), 'Anna');
  await host.waitForMessage(says(/\nMuted: I know them/));

  await startParty(host);
  const door = doorOf(house);
  await door.shows(faceLike({ anna: 93 }));
  assert.equal((await services.arrivals.list((await services.parties.on())!.id))[0]?.quiet, true);
  await endParty(host);

  await host.press(muted, 'Undo');
  await host.waitForMessage(says(/^I’ll announce Anna again\.$/));
  await startParty(host);
  await doorOf(house).shows(faceLike({ anna: 93 }));
  await host.waitForMessage(says(/^Anna is here!/));
});

test('a button of a party that is over mutes nobody', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  await inviteGuests(house, ['Anna']);
  await startParty(host);
  await host.say(host.bot, '/mute Anna');
  const question = await host.waitForMessage(says(/^I’ll recognise Anna/));
  await endParty(host);
  await host.press(question, 'For this party');
  await host.say(host.bot, '/mute Zoe');
  await host.waitForMessage(says(/^I don’t know anybody called Zoe\./));
  assert.equal((await services.guests.get('anna'))?.muted, undefined);
});
