import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBotHouse, says } from '../support/bot-house.ts';

test('a second claimer with the right code is refused, and the house stays the first one’s', async (t) => {
  const { stand, secret, services } = await openBotHouse(t);
  const coHost = await stand.person('co-host');
  await coHost.say(coHost.bot, `/start ${secret.claimCode}`);
  await coHost.waitForMessage(says(/has a host already/));
  assert.equal((await services.hosts.list()).length, 1);
});

test('until the house has a host, whoever writes in private is told how to become it, each time', async (t) => {
  const { stand, host, secret, services } = await openBotHouse(t, { unclaimed: true });
  const anyone = await stand.person('anyone');
  for (const text of ['hi', '/start', '/guests']) await host.say(host.bot, text);
  await anyone.say(anyone.bot, 'hello');
  const hint = says(/no host yet\. If it’s yours, open the link/);
  await anyone.waitForMessage(hint);
  assert.equal((await host.messages()).filter(hint).length, 3);

  await host.say(host.bot, `/start ${secret.claimCode}`);
  await host.waitForMessage(says(/You’re the host now/));
  await anyone.say(anyone.bot, 'hello?');
  await anyone.waitForMessage(says(/orders from the hosts/));
  assert.deepEqual(
    (await services.hosts.list()).map(({ userId }) => userId),
    [host.person.id],
  );
});

test('a stranger is told once, politely, and not again, whatever they send', async (t) => {
  const { stand, host } = await openBotHouse(t);
  const anyone = await stand.person('anyone');
  await anyone.say(anyone.bot, '/start');
  await anyone.say(anyone.bot, '/start a-wrong-code');
  await anyone.say(anyone.bot, '/guests');
  await anyone.say(anyone.bot, '/end_party');
  // Updates come one at a time: when the host is answered, the stranger has been dealt with.
  await host.say(host.bot, '/help');
  await host.waitForMessage(says(/Try this:/));
  const answers = (await anyone.messages()).filter(({ from }) => from?.is_bot);
  assert.deepEqual(
    answers.map(({ text }) => text),
    ['Hi! I only take orders from the hosts here. If they’ve invited you, ask them for your link to me.'],
  );
});

test('in a group a stranger is not answered, and a host is', async (t) => {
  const { stand, host } = await openBotHouse(t);
  const anyone = await stand.person('anyone');
  const group = (await host.createGroup('The flat', [anyone.person.id])).id;
  await anyone.say(group, '/guests');
  await host.say(group, '/songs');
  await host.waitForMessage(says(/No songs yet/));
  const answers = (await host.messages(group)).filter(({ from }) => from?.is_bot);
  assert.equal(answers.length, 1);
});

test('a stranger who presses a host’s button gets an alert, and nothing happens', async (t) => {
  const { stand, host, services } = await openBotHouse(t);
  await services.guests.add('g1', 'Anna');
  await services.songs.put({
    id: 's1',
    title: 'Song',
    key: 'songs/s1',
    fileName: 's.mp3',
    contentType: 'audio/mpeg',
    carol: false,
  });
  const anyone = await stand.person('anyone');
  const group = (await host.createGroup('The flat', [anyone.person.id])).id;
  await host.say(group, '/guests');
  const list = await anyone.waitForMessage(says(/Anna/));
  const { text, show_alert } = await anyone.pressAndWait(list, 'Anna');
  assert.match(text ?? '', /Only the hosts/);
  assert.equal(show_alert, true);
  assert.equal((await host.messages(group)).filter(({ from }) => from?.is_bot).length, 1);
});

test('a code said in a group claims nothing', async (t) => {
  const { stand, host, secret, services } = await openBotHouse(t);
  const coHost = await stand.person('co-host');
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await coHost.say(group, `/start ${secret.claimCode}`);
  await host.say(group, '/songs');
  await host.waitForMessage(says(/No songs yet/));
  assert.deepEqual(
    (await services.hosts.list()).map(({ userId }) => userId),
    [host.person.id],
  );
});
