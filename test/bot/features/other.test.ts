import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BotHouse, openBotHouse } from '../../support/bot-house.ts';
import { type Content, deliverFromHost } from '../../support/deliver.ts';

const file = { file_id: 'AgACAgIAAxkBAAIB', file_unique_id: 'AQADAgAD', file_size: 1000 };
const person = { id: 77, is_bot: false, first_name: 'Anna' };

const sendsPhotosAndSongs = /^I can’t use that\. Send me a photo of a guest, or a song as an MP3 or M4A/;
/** Whatever a person can send in a private chat (Bot API, Message), and what is said to it. */
const kinds: Array<[kind: string, content: Content, answer: RegExp]> = [
  ['a sticker', { sticker: { ...file, width: 9, height: 9, type: 'regular' } }, sendsPhotosAndSongs],
  [
    'a voice message',
    { voice: { ...file, duration: 3 } },
    /^A voice message can’t be a guest’s song\. Send the song/,
  ],
  ['a video', { video: { ...file, duration: 3, width: 9, height: 9 } }, /from a video\. Send me a photo/],
  ['a video note', { video_note: { ...file, duration: 3, length: 9 } }, /from a video\. Send me a photo/],
  ['a GIF', { animation: { ...file, duration: 3 }, document: file }, /from a video\. Send me a photo/],
  ['a location', { location: { latitude: 52.5, longitude: 13.4 } }, sendsPhotosAndSongs],
  [
    'a venue',
    { location: { latitude: 52.5, longitude: 13.4 }, venue: { title: 'Home' } },
    sendsPhotosAndSongs,
  ],
  [
    'a contact',
    { contact: { phone_number: '1', first_name: 'Anna' } },
    /“Add from contacts” in \/guests, or send a photo, with the name as its caption\.$/,
  ],
  ['a poll', { poll: { id: '1', question: 'Cake?', options: [] } }, sendsPhotosAndSongs],
  ['a die', { dice: { emoji: '🎲', value: 6 } }, sendsPhotosAndSongs],
  ['a game', { game: { title: 'Chess', description: '', photo: [] } }, sendsPhotosAndSongs],
  ['a story', { story: { id: 1, chat: { id: 77, type: 'private' } } }, sendsPhotosAndSongs],
  ['a checklist', { checklist: { title: 'Cake', tasks: [] } }, sendsPhotosAndSongs],
  ['paid media', { paid_media: { star_count: 1, paid_media: [] } }, sendsPhotosAndSongs],
  ['a giveaway', { giveaway: { chats: [] } }, sendsPhotosAndSongs],
  ['what Telegram has yet to think of', { hologram: { id: 1 } }, sendsPhotosAndSongs],
  [
    'a word that was forwarded',
    { text: 'Hello?', forward_origin: { type: 'user', sender_user: person } },
    /^Send me a photo/,
  ],
];

async function answersOf({ host }: BotHouse): Promise<string[]> {
  const messages = await host.messages();
  return messages.filter(({ from }) => from?.is_bot).map(({ text = '' }) => text);
}

test('each kind of private message gets one answer, which says what can be sent', async (t) => {
  const house = await openBotHouse(t);
  let messageId = 900;
  for (const [kind, content, answer] of kinds) {
    const before = (await answersOf(house)).length;
    await deliverFromHost(house, ++messageId, content);
    const [told = '', ...more] = (await answersOf(house)).slice(before);
    assert.match(told, answer, kind);
    assert.deepEqual(more, [], kind);
  }
});

test('an album that is of no use gets one answer, and what Telegram itself tells none', async (t) => {
  const house = await openBotHouse(t);
  const before = (await answersOf(house)).length;
  const video = { video: { ...file, duration: 3, width: 9, height: 9 }, media_group_id: 'album-1' };
  for (const messageId of [903, 901, 902]) await deliverFromHost(house, messageId, video);
  assert.equal((await answersOf(house)).length, before + 1);
  await deliverFromHost(house, 904, {
    pinned_message: { message_id: 1, date: 1, chat: { id: 77, type: 'private' } },
  });
  await deliverFromHost(house, 905, { message_auto_delete_timer_changed: { message_auto_delete_time: 1 } });
  assert.equal((await answersOf(house)).length, before + 1);
});

test('in a group nothing of it is answered, nor a command that is another bot’s', async (t) => {
  const house = await openBotHouse(t);
  const { host } = house;
  const group = await host.createGroup('The flat', []);
  const chat = { id: group.id, type: 'supergroup', title: 'The flat' };
  for (const [, content] of kinds) await deliverFromHost(house, 900, { ...content, chat });
  for (const text of ['/weather', '/status@weather_bot', 'Hello everybody']) await host.say(group.id, text);
  await host.say(group.id, '/guests');
  await host.waitForMessage(({ text }) => /No guests yet/.test(text ?? ''));
  const answers = (await host.messages(group.id)).filter(({ from }) => from?.is_bot);
  assert.equal(answers.length, 1);
});
