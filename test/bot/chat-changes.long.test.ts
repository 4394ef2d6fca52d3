import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partyPlace } from '../../party/parties/party.ts';
import { says } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { openParty } from '../support/party-in-group.ts';

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
