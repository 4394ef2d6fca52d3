import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrammyError } from 'grammy';
import { openStand, refusal } from './stand.ts';

test('a basic group that is upgraded goes on as a supergroup, and both say so', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const { id: group, type } = await holly.createBasicGroup('The flat', []);
  assert.equal(type, 'group');
  await api.sendMessage(group, 'before');

  const { id: supergroup, type: after } = await holly.changeGroup(group, { upgrade: true });

  assert.equal(after, 'supergroup');
  assert.match(String(supergroup), /^-100/);
  await assert.rejects(api.sendMessage(group, 'late'), (error) => {
    assert.ok(error instanceof GrammyError);
    assert.equal(error.parameters.migrate_to_chat_id, supergroup);
    return refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat')(error);
  });
  await api.sendMessage(supergroup, 'after');
  const updates = await api.getUpdates();
  assert.deepEqual(
    updates.flatMap(({ message }) => message?.migrate_to_chat_id ?? message?.migrate_from_chat_id ?? []),
    [supergroup, group],
  );
  await assert.rejects(holly.say(group, 'hello?'), { status: 403 });
  await assert.rejects(holly.changeGroup(supergroup, { upgrade: true }), { status: 400 });
});

test('a bot that was removed is refused, and told of both', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const { id: group } = await holly.createGroup('The flat', []);
  const { id: basic } = await holly.createBasicGroup('The garden', []);
  for (const [id, kind] of [
    [group, 'supergroup'],
    [basic, 'group'],
  ] as const) {
    await holly.changeGroup(id, { bot: 'kicked' });
    await assert.rejects(
      api.sendMessage(id, 'hello'),
      refusal(403, `Forbidden: bot was kicked from the ${kind} chat`),
    );
  }
  await holly.changeGroup(group, { bot: 'member' });
  await api.sendMessage(group, 'I am back');
  const statuses = (await api.getUpdates()).flatMap(
    ({ my_chat_member: change }) => change?.new_chat_member.status ?? [],
  );
  assert.deepEqual(statuses, ['administrator', 'administrator', 'kicked', 'kicked', 'member']);
});

test('in a group where only administrators may write, a bot that is a member may not', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const { id: group } = await holly.createGroup('The flat', [], false);
  await holly.changeGroup(group, { read_only: true });
  await assert.rejects(
    api.sendMessage(group, 'hello'),
    refusal(400, 'Bad Request: not enough rights to send text messages to the chat'),
  );
  await assert.rejects(
    api.sendAudio(group, 'a file_id'),
    refusal(400, 'Bad Request: not enough rights to send music to the chat'),
  );
  await holly.changeGroup(group, { bot: 'administrator' });
  await api.sendMessage(group, 'hello');
});

test('a forum has topics: messages name theirs, and a topic that is closed or gone takes none', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const { id: group } = await holly.createGroup('The flat', []);
  const [topic] = (await holly.changeGroup(group, { open_topic: 'Door' })).topics;
  await holly.say(group, '/hello', { topic: topic!.id });
  const [said] = (await api.getUpdates()).flatMap(({ message }) => (message?.text ? [message] : []));
  assert.equal(said?.message_thread_id, topic!.id);
  assert.equal(said?.is_topic_message, true);
  assert.ok(said?.chat.is_forum);

  const sent = await api.sendMessage(group, 'hello', { message_thread_id: topic!.id });
  assert.equal(sent.message_thread_id, topic!.id);
  assert.equal((await holly.messages(group)).at(-1)?.message_thread_id, topic!.id);
  const general = await api.sendMessage(group, 'to all');
  assert.equal(general.is_topic_message, undefined);

  await holly.changeGroup(group, { close_topic: topic!.id });
  const send = () => api.sendMessage(group, 'hello', { message_thread_id: topic!.id });
  await assert.rejects(send(), refusal(400, 'Bad Request: TOPIC_CLOSED'));
  await holly.changeGroup(group, { reopen_topic: topic!.id });
  await send();
  await holly.changeGroup(group, { delete_topic: topic!.id });
  await assert.rejects(send(), refusal(400, 'Bad Request: message thread not found'));
  await assert.rejects(holly.say(group, 'hello', { topic: topic!.id }), { status: 404 });
});
