import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeyboardButtonRequestUsers, ReplyKeyboardMarkup } from 'grammy/types';
import { dimensionsOf } from '../../../local/telegram/media/photo.ts';
import { plainPortrait } from '../../support/plain-faces.ts';
import { openStand, refusal, standToken } from './stand.ts';

const asking = (request: Partial<KeyboardButtonRequestUsers> = {}): ReplyKeyboardMarkup => ({
  keyboard: [[{ text: 'Pick', request_users: { request_id: 7, max_quantity: 10, ...request } }]],
});

test('contacts are shared with a bot that asks for them, with as much of each as it asked for', async (t) => {
  const { api, person, root } = await openStand(t);
  const [holly, gina] = [await person('host'), await person('guest')];
  await holly.say(holly.bot, '/start');
  await api.getUpdates({ offset: (await api.getUpdates()).at(-1)!.update_id + 1 });
  const photo = await plainPortrait(1, 300);
  const contacts = [
    { first_name: 'Anna', last_name: 'Kovács', username: 'anna', photo },
    { id: gina.person.id },
  ];

  await api.sendMessage(holly.bot, 'Who?', { reply_markup: asking() });
  await holly.shareUsers(holly.bot, 7, contacts);
  await api.sendMessage(holly.bot, 'And?', {
    reply_markup: asking({ request_name: true, request_username: true, request_photo: true }),
  });
  await holly.shareUsers(holly.bot, 7, contacts);

  const [bare, full] = (await api.getUpdates()).map(({ message }) => message?.users_shared);
  assert.deepEqual(
    bare?.users.map((user) => Object.keys(user)),
    [['user_id'], ['user_id']],
  );
  const [anna, shared] = full!.users;
  assert.deepEqual(shared, { user_id: gina.person.id, first_name: 'Gina' });
  const { photo: sizes = [], first_name, last_name, username } = anna!;
  assert.deepEqual([first_name, last_name, username], ['Anna', 'Kovács', 'anna']);
  assert.deepEqual(
    sizes.map(({ width }) => width),
    [160, 320, 640],
  );
  const { file_path: path } = await api.getFile(sizes.at(-1)!.file_id);
  const file = await fetch(`${root}/file/bot${standToken}/${path}`);
  assert.equal((await dimensionsOf(Buffer.from(await file.arrayBuffer()))).width, 640);
});

test('a bot may ask for up to ten people, in private chats only, each button under a number of its own', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, '/start');
  const ask = (chat: number, markup: ReplyKeyboardMarkup) =>
    api.sendMessage(chat, 'Who?', { reply_markup: markup });

  await assert.rejects(
    ask(await holly.group('Party'), asking()),
    refusal(400, 'Bad Request: users can be requested in private chats only'),
  );
  await assert.rejects(ask(holly.bot, asking({ max_quantity: 11 })), refusal(400, /max_quantity/));
  await assert.rejects(ask(holly.bot, asking({ request_id: 2 ** 31 })), refusal(400, /request_id/));
  const [[button]] = asking().keyboard as [[object]];
  await assert.rejects(ask(holly.bot, { keyboard: [[button, button]] } as never), refusal(400, /unique/));
  await assert.rejects(ask(holly.bot, { keyboard: [['']] }), refusal(400, /non-empty/));
});

test('people share nobody, or more than were asked for, or a film as a photo, or after the keyboard is gone: refused', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, '/start');
  const share = (contacts: Parameters<typeof holly.shareUsers>[2], requestId = 7) =>
    holly.shareUsers(holly.bot, requestId, contacts);
  const anna = { first_name: 'Anna' };

  await assert.rejects(share([anna]), /no longer there/);
  await api.sendMessage(holly.bot, 'Who?', {
    reply_markup: asking({ max_quantity: 2, request_photo: true }),
  });
  await assert.rejects(share([]), /Nobody/);
  await assert.rejects(share([anna, anna, anna]), /at most 2/);
  await assert.rejects(share([anna], 8), /no longer there/);
  await assert.rejects(share([{ last_name: 'Only' }]), /needs a name/);
  await assert.rejects(share([{ id: 1 }]), /nobody with that id/);
  await assert.rejects(share([{ ...anna, photo: Buffer.from('a film') }]), /no picture|not a picture/);
  await share([anna, anna]);
  await api.sendMessage(holly.bot, 'Thanks', { reply_markup: { remove_keyboard: true } });
  await assert.rejects(share([anna]), /no longer there/);
});
