import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '../../../party/clock.ts';
import { removeGuest } from '../../../party/guests/remove-guest.ts';
import { Invitations } from '../../../party/hosts/invitations.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost, invitationCode } from '../../support/co-host.ts';
import { silentMp3 } from '../../support/silence.ts';

const hostNames = async ({ services }: BotHouse): Promise<string[]> =>
  (await services.hosts.list()).map(({ name }) => name);

test('a link makes one person a co-host, who can do what a host does, but for making others one', async (t) => {
  const house = await openBotHouse(t);
  const { host, stand } = house;
  await host.say(host.bot, '/hosts');
  await host.waitForMessage(says(/^1 host:\nHolly \(you\)\n\/cohost adds one\.$/));
  const code = await invitationCode(house);
  const coHost = await stand.person('co-host');
  await coHost.say(coHost.bot, `/start ${code}`);
  await coHost.waitForMessage(says(/^Welcome! You’re a co-host now\.$/));
  await host.waitForMessage(says(/^Cole is a co-host now\.$/));
  await coHost.say(coHost.bot, '/guests');
  await coHost.waitForMessage(says(/^No guests yet/));
  await coHost.say(coHost.bot, '/cohost');
  await coHost.waitForMessage(says(/^Only Holly can do that\.$/));
  await coHost.say(coHost.bot, '/hosts');
  const list = await coHost.waitForMessage(says(/^2 hosts:\nHolly\nCole \(you\)$/));
  assert.deepEqual(labels(list), []);

  const anyone = await stand.person('anyone');
  await anyone.say(anyone.bot, `/start ${code}`);
  await anyone.waitForMessage(says(/^That link doesn’t work any more/));
  assert.deepEqual(await hostNames(house), ['Holly', 'Cole']);
});

test('a link that was taken back, or is over a day old, makes nobody a co-host', async (t) => {
  let passed = 0;
  const house = await openBotHouse(t, {
    instead: ({ table }) => ({ invitations: new Invitations(table, () => Date.now() + passed) }),
  });
  const { host, stand } = house;
  const anyone = await stand.person('anyone');
  const takenBack = await invitationCode(house);
  await host.press(await host.waitForMessage(says(/^Forward the next message/)), 'Take it back');
  await host.waitForMessage(says(/^OK, that link doesn’t work any more\.$/));
  const old = await invitationCode(house);
  passed = day + 1;
  for (const code of [takenBack, old]) {
    const { message_id: opened } = await anyone.say(anyone.bot, `/start ${code}`);
    await anyone.waitForMessage(
      (message) => message.message_id > opened && says(/^That link doesn’t work any more/)(message),
    );
  }
  assert.deepEqual(await hostNames(house), ['Holly']);
});

test('a co-host who is removed is none at once, and can be one again by Undo or by a new link', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  const code = await invitationCode(house);
  const coHost = await house.stand.person('co-host');
  await coHost.say(coHost.bot, `/start ${code}`);
  await coHost.waitForMessage(says(/You’re a co-host now/));
  await host.say(host.bot, '/hosts');
  await host.press(await host.waitForMessage(says(/^2 hosts:/)), 'Remove Cole');
  const removed = await host.waitForMessage(
    says(/^Cole isn’t a host any more\. You can undo it for a day\.$/),
  );
  await coHost.say(coHost.bot, `/start ${code}`);
  await coHost.waitForMessage(says(/^Hi! I only take orders from the hosts here/));
  assert.deepEqual(await hostNames(house), ['Holly']);

  await host.press(removed, 'Undo');
  await host.waitForMessage(says(/^Cole is a co-host again\.$/));
  const { message_id: asked } = await coHost.say(coHost.bot, '/songs');
  await coHost.waitForMessage((message) => message.message_id > asked && says(/^No songs yet/)(message));
});

test('in a group nobody gets a link, and only the owner removes', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  const coHost = await becomeCoHost(house);
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await host.say(group, '/cohost');
  await host.waitForMessage(says(/^Ask me in our private chat/));
  await host.say(group, '/hosts');
  const list = await coHost.waitForMessage(says(/^2 hosts:/));
  const { text } = await coHost.pressAndWait(list, 'Remove Cole');
  assert.equal(text, 'Only Holly can do that.');
  assert.deepEqual(await hostNames(house), ['Holly', 'Cole']);
});

test('two hosts press one button, and one button after the other: it is done once, and both are answered', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const coHost = await becomeCoHost(house);
  await services.guests.add('g1', 'Anna');
  await services.guests.add('g2', 'Berta');
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await host.sendAudio(host.bot, silentMp3(40, { title: 'Silent Night' }), 'night.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/will play when Anna/));

  await host.say(group, '/guests');
  await host.press(await host.waitForMessage(says(/^2 guests:/)), 'Anna');
  const card = await coHost.waitForMessage(says(/^Anna\n/));
  for (const { text } of await Promise.all([host, coHost].map((who) => who.pressAndWait(card, 'Remove'))))
    assert.ok(text === undefined || /no longer there/.test(text), text);
  const removed = await host.waitForMessage(says(/^Anna is removed/));
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Berta'],
  );
  await Promise.all([host, coHost].map((who) => who.pressAndWait(removed, 'Undo')));
  await coHost.waitForMessage(says(/^Anna is back\.$/));
  // A press on a card that somebody else has made stale shows what became of the guest, with Undo.
  await host.say(group, '/guests');
  const later = await host.waitForMessage(says(/^2 guests:/));
  await host.press(later, 'Anna');
  const again = await coHost.waitForMessage(
    (message) => message.message_id === later.message_id && says(/^Anna\n/)(message),
  );
  await removeGuest(services, 'g1');
  assert.match((await coHost.pressAndWait(again, 'Rename')).text ?? '', /no longer there/);
  await host.press(
    await host.waitForMessage(
      (message) => message.message_id === later.message_id && says(/^Anna is removed/)(message),
    ),
    'Undo',
  );
  await host.waitForMessage(
    (message) => message.message_id === later.message_id && says(/^Anna is back\.$/)(message),
  );
  assert.deepEqual(
    (await services.guests.list()).map(({ name }) => name),
    ['Anna', 'Berta'],
  );
  assert.equal((await services.guests.get('g1'))?.songId, (await services.songs.list())[0]?.id);

  await host.say(group, '/songs');
  await host.press(await host.waitForMessage(says(/^1 song:/)), 'Silent Night');
  const song = await coHost.waitForMessage(says(/^“Silent Night”\n/));
  await host.press(song, 'Give to a guest');
  const whose = await coHost.waitForMessage(says(/^Whose song is “Silent Night”\?$/));
  await Promise.all([host.pressAndWait(whose, 'Anna'), coHost.pressAndWait(whose, 'Berta')]);
  const songOf = async (id: string) => (await services.guests.get(id))?.songId;
  const given = await host.waitForMessage(says(/“Silent Night” will play when Berta arrives\.$/));
  assert.equal(given.chat.id, group);
  assert.deepEqual([await songOf('g1'), await songOf('g2')].filter(Boolean).length, 2);
});
