import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Arrival, arrivalMessage } from '../../party/arrivals/arrivals.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { gapMessage } from '../../party/parties/gaps.ts';
import { partyPlace } from '../../party/parties/party.ts';
import { chatOf } from '../support/bot-chat.ts';
import { openBotHouse, says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';

/** A party in a group, or in a topic of one. */
async function openParty(t: TestContext, { basic = false, topic = false, botIsAdmin = true } = {}) {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const group = basic
    ? await host.createBasicGroup('The flat', [])
    : await host.createGroup('The flat', [], botIsAdmin);
  const threadId = topic
    ? (await host.changeGroup(group.id, { open_topic: 'Door' })).topics[0]!.id
    : undefined;
  const extras = threadId === undefined ? {} : { topic: threadId };
  await host.say(group.id, '/start_party 1h', extras);
  await host.waitForMessage(says(/^The party’s on/));
  const dispatcher = createDispatcher(services, chatOf(house));
  const arrives = async (name: string) => {
    const party = (await services.parties.on())!;
    const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
    const who = { partyId: party.id, guestId: name.toLowerCase(), name, ...partyPlace(party) };
    const arrival: Arrival = { ...who, time: Date.now(), box, similarity: 95 };
    return dispatcher.send(arrivalMessage(arrival));
  };
  const texts = async (chat: number): Promise<string[]> =>
    (await host.messages(chat)).flatMap(({ text, from }) => (from?.is_bot && text ? [text] : []));
  return { ...house, group: group.id, threadId, dispatcher, arrives, texts };
}

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

test('it is followed too when a message finds out first', async (t) => {
  const { host, group, services, stand, arrives, texts } = await openParty(t, { basic: true });
  // The updates wait, as they do when the webhook is busy.
  stand.telegram.updates.subscribe({
    ...stand.telegram.updates.subscription,
    allowed_updates: ['callback_query'],
  });
  const { id: supergroup } = await host.changeGroup(group, { upgrade: true });
  assert.equal((await arrives('Anna')).outcome, 'sent');
  assert.match((await texts(supergroup)).at(-1) ?? '', /^Anna is here/);
  assert.equal((await services.parties.on())?.chatId, supergroup);
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

test('a group that lets the bot in again is told again', async (t) => {
  const { host, group, arrives, texts, services } = await openParty(t);
  await host.changeGroup(group, { bot: 'kicked' });
  await arrives('Anna');
  await host.changeGroup(group, { bot: 'member' });
  const { destinations, parties } = services;
  const place = partyPlace((await parties.on())!);
  await eventually('it is known', async () => (await destinations.of(place)).place.chatId === group);
  await arrives('Bob');
  assert.match((await texts(group)).at(-1) ?? '', /^Bob is here/);
});

test('/end_party does not say that the list stands where it could not be sent; the host has it in private', async (t) => {
  const { host, group, texts, stand } = await openParty(t);
  stand.telegram.faults.next('sendMessage', { status: 429, retryAfter: 300 });
  await host.say(host.bot, '/end_party');
  await host.waitForMessage(says(/^The party’s over \(/));
  assert.ok(!(await texts(host.bot)).some((text) => /Who came is in/.test(text)));
  assert.ok(!(await texts(group)).some((text) => /guests came|Nobody was seen/.test(text)));
});

test('a party that was started in a topic is told there; in one that is closed, the host in private', async (t) => {
  const { host, group, threadId, arrives, texts } = await openParty(t, { topic: true });
  await arrives('Anna');
  const inTopic = (await host.messages(group)).filter(({ from }) => from?.is_bot);
  assert.ok(inTopic.length >= 2);
  for (const message of inTopic) assert.equal(message.message_thread_id, threadId, message.text);

  await host.changeGroup(group, { close_topic: threadId });
  await arrives('Bob');
  assert.match((await texts(host.bot)).at(-1) ?? '', /^Bob is here/);
  await host.changeGroup(group, { reopen_topic: threadId });
  await host.say(group, '/end_party', { topic: threadId! });
  const recap = await host.waitForMessage(says(/^The party’s over/));
  assert.equal(recap.message_thread_id, threadId);
  assert.match(recap.text ?? '', /Anna.*Bob/s);
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
