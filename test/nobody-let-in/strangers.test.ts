import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { commands } from '../../bot/commands.ts';
import { otherGuestButton, sameGuestButton } from '../../bot/enrolment/buttons.ts';
import * as guestButtons from '../../bot/guests/buttons.ts';
import * as signUpButtons from '../../bot/sign-ups/button-data.ts';
import * as songButtons from '../../bot/songs/buttons.ts';
import * as faceButtons from '../../bot/unknown-faces/buttons.ts';
import { names } from '../../local/environment.ts';
import { GuestLinks } from '../../party/sign-ups/guest-links.ts';
import { SignUps } from '../../party/sign-ups/sign-ups.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { type Content, deliver } from '../support/deliver.ts';
import { eventually } from '../support/eventually.ts';

let updateId = 600_000;

/** All that the house knows, but for which updates it has seen and whom it has refused. */
async function known(): Promise<string[]> {
  const client = new DynamoDBClient();
  const { Items = [] } = await DynamoDBDocumentClient.from(client).send(
    new ScanCommand({ TableName: names.table, ConsistentRead: true }),
  );
  client.destroy();
  const items = Items.filter(({ pk, sk }) => !pk.startsWith('UPDATE#') && sk !== 'told');
  return items.map((item) => JSON.stringify(item)).sort();
}

/** The methods that the bot calls from now on. */
function callsOf({ stand }: BotHouse): string[] {
  const { faults } = stand.telegram;
  const calls: string[] = [];
  const take = faults.take.bind(faults);
  faults.take = (method) => {
    calls.push(method);
    return take(method);
  };
  return calls;
}

const command = (text: string): Content => ({
  text,
  entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]!.length }],
});

const file = { file_id: 'AgACAgIAAxkBAAIB', file_unique_id: 'AQADAgAD', file_size: 1000 };

/** What a stranger may send. */
const contents = (host: Content, bot: Content): Content[] => [
  ...[...commands.map(({ command }) => `/${command}`), '/start', '/start_party 24h', '/nothing'].map(command),
  ...['/start guest-', `/start guest-${'x'.repeat(32)}`, '/forget me', '/forgetme'].map(command),
  { text: 'Let me in.' },
  { photo: [{ ...file, width: 900, height: 900 }], caption: 'Anna' },
  { photo: [{ ...file, width: 900, height: 900 }] },
  { document: { ...file, file_name: 'anna.jpg', mime_type: 'image/jpeg' }, caption: 'Anna' },
  { audio: { ...file, duration: 3, file_name: 'song.mp3', mime_type: 'audio/mpeg' }, caption: 'Anna' },
  { voice: { ...file, duration: 3 } },
  { contact: { phone_number: '1', first_name: 'Holly', user_id: host.id } },
  // A card of the bot, and a word of the host, forwarded.
  { ...command('/end_party'), forward_origin: { type: 'user', sender_user: host, date: 1 } },
  { text: 'Anna is here!', forward_origin: { type: 'user', sender_user: bot, date: 1 } },
  { ...command('/end_party'), via_bot: bot },
];

/** The data of buttons as the bot makes them. */
const buttons = [
  songButtons.giveSongButton.write({ songId: 's1', guestId: 'g1' }),
  songButtons.chooseGuestButton.write({ songId: 's1' }),
  songButtons.guestsPageButton.write({ songId: 's1', page: 0 }),
  songButtons.chooseSongButton.write({ guestId: 'g1' }),
  songButtons.songsPageButton.write({ guestId: 'g1', page: 0 }),
  songButtons.songListPageButton.write({ page: 0 }),
  guestButtons.guestListPageButton.write({ page: 0 }),
  guestButtons.openGuestButton.write({ guestId: 'g1' }),
  guestButtons.renameGuestButton.write({ guestId: 'g1' }),
  guestButtons.removeGuestButton.write({ guestId: 'g1' }),
  guestButtons.guestPhotosButton.write({ guestId: 'g1' }),
  guestButtons.livesHereButton.write({ guestId: 'g1' }),
  guestButtons.isChildButton.write({ guestId: 'g1' }),
  guestButtons.dropPhotoButton.write({ guestId: 'g1', photoId: 'p1' }),
  faceButtons.isGuestButton.write({ party: 1, face: 'f1', guestId: 'g1' }),
  faceButtons.newGuestButton.write({ party: 1, face: 'f1' }),
  faceButtons.keepButton.write({ party: 1, face: 'f1' }),
  faceButtons.offButton.write({}),
  // Of guests who add themselves, and of the hosts who are asked about them.
  signUpButtons.agreeButton.write({ linkId: 'l1' }),
  signUpButtons.refuseButton.write({ linkId: 'l1' }),
  signUpButtons.profilePhotoButton.write({}),
  signUpButtons.profileSongButton.write({}),
  signUpButtons.shelfButton.write({ page: 0 }),
  signUpButtons.pickSongButton.write({ songId: 's1' }),
  signUpButtons.surpriseButton.write({}),
  signUpButtons.backButton.write({}),
  signUpButtons.forgetMeButton.write({}),
  signUpButtons.welcomeButton.write({ userId: 7_100_000_004 }),
  signUpButtons.sameButton.write({ userId: 7_100_000_004, guestId: 'g1' }),
  signUpButtons.otherButton.write({ userId: 7_100_000_004 }),
  signUpButtons.declineButton.write({ userId: 7_100_000_004 }),
  signUpButtons.hearButton.write({ userId: 7_100_000_004 }),
  signUpButtons.againButton.write({ linkId: 'l1', userId: 7_100_000_004 }),
  signUpButtons.newGuestLinkButton.write({}),
  signUpButtons.endGuestLinkButton.write({}),
  signUpButtons.endGroupButton.write({}),
  sameGuestButton.write({ photoId: 'p1' }),
  otherGuestButton.write({ photoId: 'p1' }),
  '',
];

async function openParty(t: Parameters<typeof openBotHouse>[0]) {
  const house = await openBotHouse(t);
  const { services, host, stand } = house;
  await services.guests.add('g1', 'Anna');
  const song = { title: 'Song', key: 'songs/s1', fileName: 's.mp3', contentType: 'audio/mpeg', carol: false };
  await services.songs.put({ id: 's1', ...song });
  const endsAt = Date.now() + 3_600_000;
  await services.parties.start({ chatId: host.bot, startedBy: host.person.id, endsAt });
  const anyone = await stand.person('anyone');
  const group = await host.createGroup('The flat', [anyone.person.id]);
  const hostUser = { id: host.person.id, is_bot: false, first_name: 'Holly', username: 'holly_winters' };
  // Names and user names are no authority: this one took the host's.
  const stranger = { ...hostUser, id: anyone.person.id };
  const alone = { id: anyone.person.id, type: 'private', first_name: 'Holly' };
  const inGroup = { id: group.id, type: 'group', title: 'The flat' };
  const botUser = { ...stand.telegram.bot } as unknown as Content;
  // The host's menu is shown behind the last answer.
  await eventually('all updates are handled', () => [...stand.telegram.updates.pending()].length === 0);
  return { ...house, hostUser, stranger, alone, inGroup, botUser, anyone, group };
}

test('a stranger is told once whose chat this is; whatever else they send does nothing and says nothing', async (t) => {
  const house = await openParty(t);
  const { hostUser, stranger, alone, inGroup, botUser, anyone, host, group } = house;
  await anyone.say(anyone.bot, 'Good evening!');
  await anyone.waitForMessage(says(/orders from the hosts/));
  const before = await known();
  const calls = callsOf(house);
  let messageId = 9000;
  const about = (from: Content | undefined, chat: Content, content: Content): Content => ({
    message_id: ++messageId,
    date: 1_795_000_000,
    chat,
    ...(from && { from }),
    ...content,
  });
  for (const content of contents(hostUser, botUser)) {
    for (const chat of [alone, inGroup]) {
      assert.equal(await deliver(house, { message: about(stranger, chat, content) }), 200);
    }
    // Kinds that the bot never asked for are no way in either.
    const channel = { id: -1_001_234_567_890, type: 'channel', title: 'News' };
    assert.equal(await deliver(house, { channel_post: about(undefined, channel, content) }), 200);
    assert.equal(await deliver(house, { edited_message: about(stranger, alone, content) }), 200);
  }
  assert.deepEqual(await known(), before);
  // Whoever asks to be forgotten is told that there is nothing to forget.
  const forget = contents(hostUser, botUser).filter(({ text }) => /^\/forget/.test(String(text)));
  assert.deepEqual(calls, Array(forget.length).fill('sendMessage'));
  assert.equal(
    (await anyone.messages()).filter(says(/^I’ve nothing here that I know is yours\./)).length,
    forget.length,
  );
  assert.deepEqual(
    (await host.messages(group.id)).filter(({ from }) => from?.is_bot),
    [],
  );
});

test('who hides behind a group or a channel is told why a command does nothing, and nothing else is answered', async (t) => {
  const house = await openParty(t);
  const { hostUser, inGroup, botUser, host, group } = house;
  const before = await known();
  // What Telegram puts in place of the user (Bot API, Message, `from`).
  const anonymous = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
  const channelBot = { id: 136_817_688, is_bot: true, first_name: 'Channel', username: 'Channel_Bot' };
  const news = { id: -1_001_234_567_890, type: 'channel', title: 'News' };
  const answers = async () =>
    (await host.messages(group.id)).filter(({ from }) => from?.is_bot).map(({ text }) => text);
  let messageId = 9000;
  const say = async (from: Content, sender_chat: Content, content: Content): Promise<void> => {
    const message = {
      message_id: ++messageId,
      date: 1_795_000_000,
      chat: inGroup,
      from,
      sender_chat,
      ...content,
    };
    assert.equal(await deliver(house, { message }), 200);
  };
  const hidden = [
    [
      anonymous,
      inGroup,
      /^I can’t see who you are while you’re an anonymous admin\..* write to me in private\.$/,
    ],
    [channelBot, news, /^I can’t see who is behind a channel\..* write to me in private\.$/],
  ] as const;
  for (const [from, sender_chat, told] of hidden) {
    const already = (await answers()).length;
    const ours = [
      ...commands.map(({ command }) => `/${command}`),
      `/status@${house.stand.telegram.bot.username}`,
    ];
    for (const text of ours) await say(from, sender_chat, command(text));
    assert.equal((await answers()).length - already, ours.length, 'one sentence each');
    for (const text of (await answers()).slice(already)) assert.match(text ?? '', told);
    const others = contents(hostUser, botUser).filter(({ text }) => !/^\/(?!nothing)/.test(String(text)));
    for (const content of [...others, command('/status@weather_bot')]) await say(from, sender_chat, content);
    assert.equal((await answers()).length - already, ours.length, 'and silence otherwise');
  }
  assert.deepEqual(await known(), before);
});

test('a button that a stranger presses, on a card in a group or forwarded, does nothing', async (t) => {
  const house = await openParty(t);
  const { stranger, alone, inGroup, botUser } = house;
  const before = await known();
  const calls = callsOf(house);
  const card = { message_id: 3, date: 1_795_000_000, from: botUser, text: 'Whose song is it?' };
  const forwarded = { ...card, chat: alone, forward_origin: { type: 'user', sender_user: botUser, date: 1 } };
  const places: Content[] = [
    { message: { ...card, chat: inGroup } },
    { message: forwarded },
    { message: { chat: inGroup, message_id: 3, date: 0 } },
    { inline_message_id: 'AAAAAAAA' },
  ];
  for (const data of buttons) {
    for (const place of places) {
      const query = { id: String(++updateId), from: stranger, chat_instance: '1', data, ...place };
      assert.equal(
        await deliver(house, { callback_query: query }),
        200,
        `${data} on ${JSON.stringify(place)}`,
      );
    }
  }
  assert.deepEqual(await known(), before);
  assert.deepEqual([...new Set(calls)], ['answerCallbackQuery']);
});

test('whoever signs up by a host’s link can do that, and nothing that a host can', async (t) => {
  const house = await openParty(t);
  const { hostUser, stranger, alone, inGroup, botUser, services } = house;
  const { code } = await new GuestLinks(services).create(house.host.person.id);
  const link = (await new GuestLinks(services).withCode(code))!;
  let messageId = 9000;
  const about = (chat: Content, content: Content): Content => ({
    ...{ message_id: ++messageId, date: 1_795_000_000, chat, from: stranger },
    ...content,
  });
  const press = async (data: string, chat: Content): Promise<void> => {
    const message = { message_id: 3, date: 1_795_000_000, from: botUser, text: 'Is that OK?', chat };
    const query = { id: String(++updateId), from: stranger, chat_instance: '1', data, message };
    assert.equal(await deliver(house, { callback_query: query }), 200, data);
  };
  await press(signUpButtons.agreeButton.write({ linkId: link.id }), inGroup);
  assert.equal(await new SignUps(services.table).get(stranger.id), undefined, 'not in a group');
  await press(signUpButtons.agreeButton.write({ linkId: link.id }), alone);
  assert.ok(await new SignUps(services.table).get(stranger.id));
  /** All but what is kept of the guest themselves, and how often they tried. */
  const others = async () => (await known()).filter((item) => !/"pk":"(SIGNUPS|GUESTLINKS)"/.test(item));
  const before = await others();
  for (const chat of [alone, inGroup])
    for (const content of contents(hostUser, botUser))
      assert.equal(await deliver(house, { message: about(chat, content) }), 200);
  await press(signUpButtons.agreeButton.write({ linkId: link.id }), alone);
  for (const data of buttons) await press(data, alone);
  assert.deepEqual(await others(), before);
  assert.deepEqual((await services.hosts.list()).length, 1);
  assert.deepEqual(await services.storage.list('photos/'), []);
  assert.deepEqual(await services.storage.list('songs/'), []);
});

test('who is in the host’s group, as a co-host to be or a guest, runs nothing there', async (t) => {
  const house = await openBotHouse(t);
  const { host, stand, services } = house;
  const coHost = await stand.person('co-host');
  const guest = await stand.person('guest');
  const group = (await host.createGroup('The flat', [coHost.person.id, guest.person.id])).id;
  for (const person of [coHost, guest]) {
    for (const text of ['/start_party', '/end_party', '/status', '/guests', '/songs', '/cancel', '/help']) {
      await person.say(group, text);
    }
  }
  // A group has one queue: when the host is answered, the others have been dealt with.
  await host.say(group, '/songs');
  await host.waitForMessage(says(/No songs yet/));
  assert.equal((await host.messages(group)).filter(({ from }) => from?.is_bot).length, 1);
  assert.equal(await services.parties.latest(), undefined);
});

test('a code is not guessed, and of all who come with the right one the first gets the house', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, host } = house;
  const { claimCode: code } = secret;
  for (const { pk, sk } of await services.table.query('HOSTS')) await services.table.delete({ pk, sk });
  const claim = (id: number, text: string, more: Content = {}): Promise<number> =>
    deliver(house, {
      message: {
        message_id: ++updateId,
        date: 1_795_000_000,
        from: { id, is_bot: false, first_name: 'Ander' },
        chat: { id, type: 'private', first_name: 'Ander' },
        ...command(text),
        ...more,
      },
    });
  const other = [...code].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');
  const guesses = [
    '',
    ' ',
    code.slice(0, -1),
    code.slice(1),
    `${code}x`,
    `x${code}`,
    `${code} ${code}`,
    other,
    [...code].join('\u200b'),
    'x'.repeat(4000),
    '*',
    '.*',
    '__proto__',
  ];
  for (const guess of guesses) assert.equal(await claim(1001, `/start ${guess}`), 200, guess);
  for (const text of [`/START ${code}`, `/claim ${code}`, code, `/start_party ${code}`])
    await claim(1001, text);
  await claim(1001, '/start', { text: undefined, caption: `/start ${code}` });
  assert.deepEqual(await services.hosts.list(), []);

  const claimers = [1002, 1003, 1004, 1005, 1006];
  await Promise.all(claimers.map((id) => claim(id, `/start ${code}`)));
  const [first, ...rest] = await services.hosts.list();
  assert.ok(claimers.includes(first!.userId));
  assert.deepEqual(rest, []);
  await host.say(host.bot, `/start ${code}`);
  await host.waitForMessage(says(/works only once/));
  assert.deepEqual(
    (await services.hosts.list()).map(({ userId }) => userId),
    [first!.userId],
  );
});
