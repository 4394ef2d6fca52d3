import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapMessage } from '../../party/parties/gaps.ts';
import { partyPlace } from '../../party/parties/party.ts';
import { openBotHouse, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { openParty } from '../support/party-in-group.ts';

test('a group that becomes a supergroup is followed as soon as Telegram says so: arrivals, /status and the recap', async (t) => {
  const { host, group, services, arrives, texts } = await openParty(t, { basic: true });
  const { id: supergroup } = await host.changeGroup(group, { upgrade: true });
  await eventually('the party has moved', async () => (await services.parties.on())?.chatId === supergroup);
  await arrives('Anna');
  assert.match((await texts(supergroup)).at(-1) ?? '', /^Anna is here/);
  await host.say(supergroup, '/start_party');
  await host.waitForMessage(says(/^A party’s on here already/));
  await host.say(supergroup, '/end_party');
  await host.waitForMessage(says(/^The party’s over.*Anna/s));
});

const away: Array<[what: string, change: object, options: object]> = [
  ['from which the bot was removed', { bot: 'kicked' }, {}],
  ['in which the bot may not write', { read_only: true }, { botIsAdmin: false }],
];

for (const [what, change, options] of away) {
  test(`in the place of a group ${what} the host is told in private, once, with arrivals and the recap`, async (t) => {
    const { host, group, arrives, texts, dispatcher, services } = await openParty(t, options);
    await host.changeGroup(group, change);
    await arrives('Anna');
    await arrives('Bob');
    const party = (await services.parties.on())!;
    const gap = { partyId: party.id, ...partyPlace(party), from: party.startedAt, to: Date.now() };
    await dispatcher.send(gapMessage(gap));
    const before = await texts(host.bot);
    assert.equal(before.filter((text) => /^I can’t write in “?.*any more/.test(text)).length, 1);
    for (const told of [/^Anna is here/, /^Bob is here/, /^I can see the door now!/])
      assert.equal(before.filter((text) => told.test(text)).length, 1);

    await host.say(host.bot, '/end_party');
    await host.waitForMessage(says(/^The party’s over.*Anna.*Bob/s));
    const after = await texts(host.bot);
    assert.ok(!after.some((text) => /Who came is in/.test(text)), 'it stands here');
    assert.equal(
      after.filter((text) => /^The party’s over/.test(text)).length,
      1,
      'once, though the group’s goes there too',
    );
    assert.ok(!(await texts(group)).some((text) => /party’s over/.test(text)));
  });
}

test('/end_party does not say that the list stands where it could not be sent; the host has it in private', async (t) => {
  const { host, group, texts, stand } = await openParty(t);
  stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 300 });
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over \(/));
  assert.ok(!(await texts(host.bot)).some((text) => /Who came is in/.test(text)));
  assert.ok(!(await texts(group)).some((text) => /guests came|Nobody was seen/.test(text)));
});

test('a reply in a group without topics is in no topic, whatever thread it names', async (t) => {
  const house = await openBotHouse(t);
  const { host, services, webhookUrl, secret } = house;
  const { id: group } = await host.createGroup('The flat', []);
  const update = {
    update_id: 990_000_001,
    message: {
      ...{
        message_id: 9,
        date: Math.floor(Date.now() / 1000),
        text: '/start_party 1h',
        message_thread_id: 3,
      },
      entities: [{ type: 'bot_command', offset: 0, length: 12 }],
      chat: { id: group, type: 'supergroup', title: 'The flat' },
      from: { id: host.person.id, is_bot: false, first_name: 'Holly' },
    },
  };
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': secret.webhookSecret,
  };
  const answer = await fetch(webhookUrl, { method: 'POST', headers, body: JSON.stringify(update) });
  assert.equal(answer.status, 200);
  const party = (await services.parties.on())!;
  assert.deepEqual([party.chatId, party.threadId], [group, undefined]);
});
