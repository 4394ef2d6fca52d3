import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStand, refusal } from './stand.ts';

const minute = 60_000;

test('who asks to join is shown to the bot, which may write to them for five minutes, and lets them in', async (t) => {
  let passed = 0;
  const { person, newPerson, api } = await openStand(t, { now: () => Date.now() + passed });
  const holly = await person('host');
  const group = (await holly.createGroup('The flat', [])).id;
  await api.getUpdates();
  const [ada, ben] = [await newPerson('Ada'), await newPerson('Ben')];
  await assert.rejects(api.sendMessage(ada.bot, 'hello'), refusal(400, /chat not found/));
  await ada.askToJoin(group);
  await ada.askToJoin(group);
  const updates = await api.getUpdates({ allowed_updates: ['message', 'chat_join_request'], offset: -1 });
  const request = updates.at(-1)?.chat_join_request;
  assert.deepEqual([request?.chat.id, request?.from.id, request?.user_chat_id], [group, ada.bot, ada.bot]);
  await api.sendMessage(ada.bot, 'Who are you?');
  assert.equal((await ada.waitForMessage()).text, 'Who are you?');
  passed = 5 * minute + 1;
  await assert.rejects(api.sendMessage(ada.bot, 'Are you there?'), refusal(400, /chat not found/));

  await api.approveChatJoinRequest(group, ada.bot);
  assert.ok((await ada.chats()).some(({ id }) => id === group));
  await assert.rejects(
    api.approveChatJoinRequest(group, ada.bot),
    refusal(400, 'Bad Request: USER_ALREADY_PARTICIPANT'),
  );
  await assert.rejects(ada.askToJoin(group), { status: 400 });

  const missing = refusal(400, 'Bad Request: HIDE_REQUESTER_MISSING');
  await assert.rejects(api.declineChatJoinRequest(group, ben.bot), missing);
  await ben.askToJoin(group);
  await api.declineChatJoinRequest(group, ben.bot);
  await assert.rejects(api.approveChatJoinRequest(group, ben.bot), missing);
  assert.ok(!(await ben.chats()).some(({ id }) => id === group));
});

test('a bot that is no administrator hears of no request, and answers none', async (t) => {
  const { person, newPerson, api } = await openStand(t);
  const holly = await person('host');
  const group = (await holly.createGroup('The flat', [], false)).id;
  const ada = await newPerson('Ada');
  await api.getUpdates({ allowed_updates: ['my_chat_member', 'chat_join_request'] });
  await ada.askToJoin(group);
  const updates = await api.getUpdates();
  assert.ok(updates.every(({ chat_join_request: request }) => request === undefined));
  await assert.rejects(
    api.approveChatJoinRequest(group, ada.bot),
    refusal(400, 'Bad Request: not enough rights'),
  );
  const basic = await holly.createBasicGroup('Old', []);
  await assert.rejects(ada.askToJoin(basic.id), { status: 400 });
});
