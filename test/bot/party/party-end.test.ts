import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyTimes } from '../../../bot/times.ts';
import { createTick } from '../../../lambdas/tick.ts';
import { hour, minute } from '../../../party/clock.ts';
import { chatOf } from '../../support/bot-chat.ts';
import { labels, openBotHouse, says } from '../../support/bot-house.ts';
import { becomeCoHost } from '../../support/co-host.ts';

const { clock } = partyTimes('Europe/Berlin');

test('said while a party is on, /start_party gives it another end, with Undo', async (t) => {
  const { host, services } = await openBotHouse(t);
  await host.say(host.bot, '/start_party 2h');
  await host.waitForMessage(says(/^The party’s on until/));
  const before = (await services.parties.on())!;
  await host.say(host.bot, '/start_party 5 hours');
  const told = await host.waitForMessage(says(/^The party goes on until/));
  const after = (await services.parties.on())!;
  assert.equal(after.id, before.id);
  assert.ok(after.endsAt >= before.endsAt + 3 * hour);
  await host.press(told, 'Undo');
  await host.waitForMessage(says(new RegExp(`^The party goes on until ${clock(before.endsAt)}\\.$`)));
  assert.equal((await services.parties.on())?.endsAt, before.endsAt);
});

test('from a private chat too, of a party in a group', async (t) => {
  const { host } = await openBotHouse(t);
  const group = (await host.createGroup('The flat', [])).id;
  await host.say(group, '/start_party 2h');
  await host.waitForMessage(says(/^The party’s on until/));
  await host.say(host.bot, '/start_party 90 minutes');
  await host.waitForMessage(says(/^The party in the group “The flat” goes on until \d\d:\d\d\.$/));
});

test('a quarter of an hour before the end the host is asked in private, once; two who press +1 h get one', async (t) => {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const coHost = await becomeCoHost(house);
  const group = (await host.createGroup('The flat', [coHost.person.id])).id;
  await host.say(group, '/start_party 2h');
  await host.waitForMessage(says(/^The party’s on until/));
  const party = (await services.parties.on())!;
  const at = (time: number) =>
    createTick({ ...services, now: () => time }, chatOf(house, { ...services, now: () => time }));

  await at(party.endsAt - 16 * minute)();
  assert.deepEqual((await host.messages(host.bot)).filter(says(/^The party ends at/)), []);
  await at(party.endsAt - 15 * minute)();
  await at(party.endsAt - 14 * minute)();
  const asked = (await host.messages(host.bot)).filter(says(/^The party ends at/));
  assert.deepEqual(asked.map(labels), [['+1 h', 'End now']]);
  assert.ok(asked[0]!.text!.startsWith(`The party ends at ${clock(party.endsAt)}.`));

  await coHost.say(coHost.bot, '/start_party');
  const same = await coHost.waitForMessage(says(/^A party’s on already/));
  await Promise.all([host.press(asked[0]!, '+1 h'), coHost.press(same, '+1 h')]);
  await Promise.all([host, coHost].map((one) => one.waitForMessage(says(/^The party goes on until/))));
  assert.equal((await services.parties.on())?.endsAt, party.endsAt + hour);

  // The new end is told of, too.
  await at(party.endsAt + hour - 10 * minute)();
  assert.equal((await host.messages(host.bot)).filter(says(/^The party ends at/)).length, 1);
});

test('End now ends it, and a later press says that it is over', async (t) => {
  const { host, services } = await openBotHouse(t);
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  const both = [];
  for (const _ of [1, 2]) {
    const { message_id: asked } = await host.say(host.bot, '/start_party');
    const isNext = says(/^A party’s on here already/);
    both.push(await host.waitForMessage((message) => message.message_id > asked && isNext(message)));
  }
  await host.press(both[0]!, 'End now');
  await host.waitForMessage(says(/^The party’s over/));
  assert.equal(await services.parties.on(), undefined);
  assert.match((await host.pressAndWait(both[1]!, '+1 h')).text ?? '', /over already/);
});
