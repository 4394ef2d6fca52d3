import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, InlineKeyboard } from 'grammy';
import { openStand, refusal, standToken } from './stand.ts';

const notModified = /^Bad Request: message is not modified: /;

test('a bot answers a person, and the person sees the answer with its buttons', async (t) => {
  const stand = await openStand(t);
  const holly = await stand.person('host');
  await holly.say(holly.bot, '/start');

  const keyboard = new InlineKeyboard().text('Not Anna', 'not:1').text('Another song', 'song:1');
  const sent = await stand.api.sendMessage(holly.bot, '<b>Anna</b> is here', {
    parse_mode: 'HTML',
    reply_markup: keyboard,
  });
  const seen = await holly.waitForMessage();

  assert.equal(seen.text, 'Anna is here');
  assert.deepEqual(seen.entities, [{ type: 'bold', offset: 0, length: 4 }]);
  assert.equal(seen.message_id, sent.message_id);
  assert.equal(seen.from?.id, 4_200_000_001);
  assert.deepEqual(seen.reply_markup, { inline_keyboard: keyboard.inline_keyboard });
});

test('getMe shows the bot of the token, and another token is refused', async (t) => {
  const stand = await openStand(t);

  assert.equal((await stand.api.getMe()).id, 4_200_000_001);
  const stranger = new Api('4200000001:some-other-secret', { apiRoot: stand.root });
  await assert.rejects(stranger.getMe(), refusal(401, 'Unauthorized'));
});

test('a method is found in any case, and one that is not there is 404', async (t) => {
  const { root, api } = await openStand(t);

  assert.equal(((await (await fetch(`${root}/bot${standToken}/GETME`)).json()) as { ok: boolean }).ok, true);
  await assert.rejects(api.sendDice(1, '🎲'), refusal(404, 'Not Found: method not found'));
});

test('a form is taken as JSON is', async (t) => {
  const stand = await openStand(t);
  const holly = await stand.person('host');
  await holly.say(holly.bot, 'hello');
  const body = new URLSearchParams({
    chat_id: String(holly.bot),
    text: 'from a form',
    disable_notification: 'True',
    reply_markup: '{"force_reply":true}',
  });

  const answer = await fetch(`${stand.root}/bot${standToken}/sendMessage`, { method: 'POST', body });

  assert.equal(answer.status, 200);
  const seen = await holly.waitForMessage();
  assert.deepEqual([seen.text, seen.silent, seen.reply_markup], ['from a form', true, { force_reply: true }]);
});

test('a body that is not what it says is refused', async (t) => {
  const { root } = await openStand(t);
  for (const [type, body] of [
    ['application/json', '{"chat_id":'],
    ['application/json', '[1]'],
    ['multipart/form-data; boundary=x', '--x\r\nnothing'],
  ]) {
    const headers = { 'content-type': type as string };
    const answer = await fetch(`${root}/bot${standToken}/sendMessage`, {
      method: 'POST',
      headers,
      body: body as string,
    });
    assert.equal(answer.status, 400);
  }
});

test('a bot cannot begin: strangers are not found, people of a shared group cannot be written to', async (t) => {
  const { api } = await openStand(t);

  await assert.rejects(api.sendMessage(7_100_000_004, 'hi'), refusal(400, 'Bad Request: chat not found'));
  await assert.rejects(api.sendMessage(12, 'hi'), refusal(400, 'Bad Request: chat not found'));
  await assert.rejects(api.sendMessage('@nobody_here', 'hi'), refusal(400, 'Bad Request: chat not found'));
  await assert.rejects(
    api.sendMessage(7_100_000_001, 'hi'),
    refusal(403, "Forbidden: bot can't initiate conversation with a user"),
  );
});

test('a person who has blocked the bot gets nothing until unblocking it', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  await holly.block(true);

  await assert.rejects(
    api.sendMessage(holly.bot, 'hi'),
    refusal(403, 'Forbidden: bot was blocked by the user'),
  );
  await assert.rejects(holly.say(holly.bot, 'still there?'), /unblock it first/);
  await holly.block(false);
  await api.sendMessage(holly.bot, 'hi');
  const kinds = (await api.getUpdates()).map(
    (update) => update.my_chat_member?.new_chat_member.status ?? 'message',
  );
  assert.deepEqual(kinds, ['message', 'kicked', 'member']);
});

test('a text has 1 to 4096 characters after its entities are parsed', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say } = await start(person);
  await say();

  await assert.rejects(api.sendMessage(bot, ' \n'), refusal(400, 'Bad Request: message text is empty'));
  await assert.rejects(
    api.sendMessage(bot, '<b></b>', { parse_mode: 'HTML' }),
    refusal(400, 'Bad Request: message text is empty'),
  );
  await assert.rejects(
    api.sendMessage(bot, 'x'.repeat(4097)),
    refusal(400, 'Bad Request: message is too long'),
  );
  const sent = await api.sendMessage(bot, `<b>${'x'.repeat(4096)}</b>`, { parse_mode: 'HTML' });
  assert.equal(sent.text.length, 4096);
});

test('text that its parse mode does not allow is refused', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say } = await start(person);
  await say();

  await assert.rejects(
    api.sendMessage(bot, '<b>Anna', { parse_mode: 'HTML' }),
    refusal(400, 'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
  );
  await assert.rejects(
    api.sendMessage(bot, 'Anna.', { parse_mode: 'MarkdownV2' }),
    refusal(400, /Character '\.' is reserved/),
  );
  await assert.rejects(
    api.sendMessage(bot, 'Anna', { entities: [{ type: 'bold', offset: 2, length: 3 }] }),
    refusal(400, /ends after the end of the text/),
  );
});

test('callback data has 1 to 64 bytes, and every button a text and one action', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say } = await start(person);
  await say();
  const withData = (data: string) => ({ reply_markup: new InlineKeyboard().text('Press', data) });

  await api.sendMessage(bot, 'fits', withData('x'.repeat(64)));
  await assert.rejects(
    api.sendMessage(bot, 'one too many', withData('x'.repeat(65))),
    refusal(400, 'Bad Request: BUTTON_DATA_INVALID'),
  );
  await assert.rejects(
    api.sendMessage(bot, 'letters of two bytes', withData('ä'.repeat(33))),
    refusal(400, 'Bad Request: BUTTON_DATA_INVALID'),
  );
  const keyboard = [[{ text: 'Nothing happens' }]] as never;
  await assert.rejects(
    api.sendMessage(bot, 'no action', { reply_markup: { inline_keyboard: keyboard } }),
    refusal(400, /text buttons are unallowed in the inline keyboard/),
  );
});

test('a reply shows what it replies to, and one to nothing is refused unless that is allowed', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say } = await start(person);
  const asked = await say();

  const reply = await api.sendMessage(bot, 'yes', { reply_parameters: { message_id: asked.message_id } });
  assert.equal(reply.reply_to_message?.text, asked.text);
  assert.ok(!('reply_to_message' in (reply.reply_to_message ?? {})));
  await assert.rejects(
    api.sendMessage(bot, 'yes', { reply_parameters: { message_id: 999 } }),
    refusal(400, 'Bad Request: message to be replied not found'),
  );
  const alone = await api.sendMessage(bot, 'yes', {
    reply_parameters: { message_id: 999, allow_sending_without_reply: true },
  });
  assert.equal(alone.reply_to_message, undefined);
});

test('an edit changes a message in place, must change something, and without a keyboard takes it away', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say, client } = await start(person);
  await say();
  const reply_markup = new InlineKeyboard().text('End now', 'end');
  const sent = await api.sendMessage(bot, 'one', { reply_markup });
  await client.waitForMessage();

  await assert.rejects(
    api.editMessageText(bot, sent.message_id, 'one', { reply_markup }),
    refusal(400, notModified),
  );
  await api.editMessageText(bot, sent.message_id, 'two');
  const seen = await client.waitForMessage();
  assert.deepEqual([seen.text, seen.message_id, seen.reply_markup], ['two', sent.message_id, undefined]);
  assert.ok(seen.edit_date);
  await api.editMessageReplyMarkup(bot, sent.message_id, { reply_markup });
  await assert.rejects(
    api.editMessageReplyMarkup(bot, sent.message_id, { reply_markup }),
    refusal(400, notModified),
  );
  await assert.rejects(
    api.editMessageCaption(bot, sent.message_id, { caption: 'three' }),
    refusal(400, 'Bad Request: there is no caption in the message to edit'),
  );
});

test("a person's message cannot be edited, nor one that is gone", async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say } = await start(person);
  const asked = await say();

  await assert.rejects(
    api.editMessageText(bot, asked.message_id, 'mine now'),
    refusal(400, "Bad Request: message can't be edited"),
  );
  await assert.rejects(
    api.editMessageText(bot, 999, 'x'),
    refusal(400, 'Bad Request: message to edit not found'),
  );
});

test('a deleted message is gone for everyone', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say, client } = await start(person);
  await say();
  const sent = await api.sendMessage(bot, 'oops');
  await api.deleteMessage(bot, sent.message_id);

  const event = await client.waitForEvent((one) => one.event === 'deleted');
  assert.deepEqual(event.data, { chat_id: bot, message_id: sent.message_id });
  assert.deepEqual(
    (await client.messages()).map(({ text }) => text),
    ['hello'],
  );
  await assert.rejects(
    api.deleteMessage(bot, sent.message_id),
    refusal(400, 'Bad Request: message to delete not found'),
  );
});

test('a bot cannot delete what is older than 48 hours', async (t) => {
  let now = Date.now();
  const { api, person } = await openStand(t, { now: () => now });
  const { bot, say } = await start(person);
  await say();
  const sent = await api.sendMessage(bot, 'old by then');
  now += 49 * 60 * 60 * 1000;

  await assert.rejects(
    api.deleteMessage(bot, sent.message_id),
    refusal(400, "Bad Request: message can't be deleted for everyone"),
  );
});

test('a reaction is one of the known emoji, and the person sees it', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say, client } = await start(person);
  const asked = await say();

  await api.setMessageReaction(bot, asked.message_id, [{ type: 'emoji', emoji: '🎉' }]);
  assert.deepEqual((await client.messages())[0]?.reaction, [{ type: 'emoji', emoji: '🎉' }]);
  await assert.rejects(
    api.setMessageReaction(bot, asked.message_id, [{ type: 'emoji', emoji: '🥐' as never }]),
    refusal(400, 'Bad Request: REACTION_INVALID'),
  );
});

test('a chat action is seen while it happens, and an unknown one refused', async (t) => {
  const { api, person } = await openStand(t);
  const { bot, say, client } = await start(person);
  await say();

  await api.sendChatAction(bot, 'upload_photo');
  const event = await client.waitForEvent((one) => one.event === 'chat_action');
  assert.deepEqual(event.data, { chat_id: bot, action: 'upload_photo' });
  await assert.rejects(
    api.sendChatAction(bot, 'dancing' as never),
    refusal(400, 'Bad Request: wrong parameter action in request'),
  );
});

/** Holly's client, with what tests here need most at hand. */
async function start(person: (who: 'host') => ReturnType<Awaited<ReturnType<typeof openStand>>['person']>) {
  const client = await person('host');
  return { client, bot: client.bot, say: () => client.say(client.bot, 'hello') };
}
