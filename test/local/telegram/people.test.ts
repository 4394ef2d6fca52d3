import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentMp3 } from '../../support/silence.ts';
import { readEvents } from '../../support/telegram/read-events.ts';
import { openStand, refusal, standToken } from './stand.ts';

const own = { 'x-musical-joy': '1', 'content-type': 'application/json' };

test('four people, each with a role and a private chat, and three of them in a group', async (t) => {
  const { root, person } = await openStand(t);

  const people = (await (await fetch(`${root}/people`)).json()) as Array<{
    first_name: string;
    role: string;
  }>;

  assert.deepEqual(
    people.map(({ first_name, role }) => `${first_name}: ${role}`),
    ['Holly: host', 'Cole: co-host', 'Gina: guest', 'Ander: anyone'],
  );
  const [holly, ander] = [await person('host'), await person('anyone')];
  const summary = (chats: Awaited<ReturnType<typeof holly.chats>>) =>
    chats.map(({ title, type, members }) => [title, type, members.map((one) => one.first_name)]);
  const privately = (name: string) => ['Musical Joy', 'private', [name, 'Musical Joy']];
  assert.deepEqual(summary(await holly.chats()), [
    privately('Holly'),
    ['Party', 'supergroup', ['Holly', 'Cole', 'Gina', 'Musical Joy']],
  ]);
  assert.deepEqual(summary(await ander.chats()), [privately('Ander')]);
});

test('a group message is seen by its members and by nobody else', async (t) => {
  const { person, api } = await openStand(t);
  const [holly, cole, ander] = [await person('host'), await person('co-host'), await person('anyone')];
  const party = await holly.group('Party');

  await holly.say(party, 'Are we ready?');

  assert.equal((await cole.waitForMessage()).text, 'Are we ready?');
  assert.equal((await api.getUpdates())[0]?.message?.chat.id, party);
  await assert.rejects(ander.say(party, 'May I?'), { status: 403 });
  await assert.rejects(ander.messages(party), { status: 403 });
  await api.sendMessage(party, 'Yes');
  assert.equal((await holly.waitForMessage()).text, 'Yes');
  await ander.say(ander.bot, 'hello');
  await api.sendMessage(ander.bot, 'the first that Ander sees');
  assert.equal((await ander.waitForMessage()).text, 'the first that Ander sees');
});

test('people make groups; the bot knows who is in them, and may leave', async (t) => {
  const { person, api } = await openStand(t);
  const [holly, ander] = [await person('host'), await person('anyone')];

  const group = await holly.createGroup('New Year', [ander.person.id]);

  const updates = await api.getUpdates();
  assert.deepEqual(
    updates.map(
      (update) => update.my_chat_member?.new_chat_member.status ?? update.message?.new_chat_members?.length,
    ),
    ['administrator', 1],
  );
  assert.equal((await ander.waitForEvent(({ event }) => event === 'chat')).event, 'chat');
  assert.deepEqual(
    (await api.getChatAdministrators(group.id)).map(({ status }) => status),
    ['creator', 'administrator'],
  );
  assert.equal((await api.getChatMember(group.id, ander.person.id)).status, 'member');
  assert.equal((await api.getChatMember(group.id, 612_345_678)).status, 'left');
  assert.equal((await api.getChat(group.id)).title, 'New Year');
  await api.leaveChat(group.id);
  await assert.rejects(
    api.sendMessage(group.id, 'one more thing'),
    refusal(403, 'Forbidden: bot is not a member of the supergroup chat'),
  );
  await assert.rejects(api.leaveChat(holly.bot), refusal(400, /can't be changed in private chats/));
});

test('as a plain member the bot sees commands and replies to it, as an administrator everything', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const { id } = await holly.createGroup('Quiet', [], false);
  const sent = await api.sendMessage(id, 'Who comes?');

  await holly.say(id, 'just talking');
  await holly.say(id, '/guests');
  await holly.say(id, 'Anna', { replyTo: sent.message_id });

  const texts = (await api.getUpdates()).flatMap(({ message }) => message?.text ?? []);
  assert.deepEqual(texts, ['/guests', 'Anna']);
});

test('another site can neither post nor read', async (t) => {
  const { root, person } = await openStand(t);
  const holly = await person('host');
  const body = JSON.stringify({ as: holly.person.id, text: 'forged' });
  const post = (headers: Record<string, string>) =>
    fetch(`${root}/chats/${holly.bot}/messages`, { method: 'POST', headers, body });

  assert.equal((await post({ 'content-type': 'text/plain' })).status, 403);
  assert.equal((await post({ ...own, origin: 'https://evil.example' })).status, 403);
  assert.equal((await post({ ...own, origin: new URL(root).origin })).status, 200);
  assert.equal((await post(own)).status, 200);
  assert.equal((await fetch(`${root}/people`)).headers.get('access-control-allow-origin'), null);
});

test('what a person cannot do is said in words', async (t) => {
  const { person, root } = await openStand(t);
  const holly = await person('host');

  await assert.rejects(holly.say(holly.bot, '  '), { status: 400, message: 'The message is empty.' });
  await assert.rejects(holly.say(holly.bot, 'x'.repeat(4097)), { status: 400, message: /at most 4096/ });
  await assert.rejects(holly.say(holly.bot, 'what?', { replyTo: 77 }), { status: 404 });
  await assert.rejects(holly.say(424242, 'hello'), { status: 404 });
  await assert.rejects(holly.createGroup(' ', []), { status: 400 });
  await assert.rejects(holly.createGroup('Nobody', [1]), { status: 400 });
  const message = await holly.say(holly.bot, 'hello');
  await assert.rejects(holly.press(message, 'nothing'), {
    status: 400,
    message: 'That button is no longer there.',
  });
  const broken = await fetch(`${root}/chats`, { method: 'POST', headers: own, body: '{' });
  assert.equal(broken.status, 400);
});

test('files are served with ranges, and never as pages', async (t) => {
  const { root, person } = await openStand(t);
  const holly = await person('host');
  const bytes = silentMp3(40);
  const song = await holly.sendAudio(holly.bot, bytes, 'a.mp3');
  const page = await holly.send(holly.bot, 'document', Buffer.from('<script>alert(1)</script>'), 'page.html');
  const get = (range?: string) =>
    fetch(`${root}/files/${song.audio?.file_id}`, range === undefined ? {} : { headers: { range } });
  const read = async (range: string) => {
    const response = await get(range);
    return [
      response.status,
      response.headers.get('content-range'),
      Buffer.from(await response.arrayBuffer()),
    ];
  };

  assert.equal((await get()).headers.get('accept-ranges'), 'bytes');
  assert.equal((await get()).headers.get('content-type'), 'audio/mpeg');
  assert.deepEqual(Buffer.from(await (await get()).arrayBuffer()), bytes);
  const { length } = bytes;
  assert.deepEqual(await read('bytes=0-9'), [206, `bytes 0-9/${length}`, bytes.subarray(0, 10)]);
  assert.deepEqual(await read('bytes=100-'), [206, `bytes 100-${length - 1}/${length}`, bytes.subarray(100)]);
  assert.deepEqual(await read('bytes=-5'), [
    206,
    `bytes ${length - 5}-${length - 1}/${length}`,
    bytes.subarray(-5),
  ]);
  assert.deepEqual(await read(`bytes=${length}-`), [416, `bytes */${length}`, Buffer.alloc(0)]);
  assert.deepEqual(await read('bytes=5-2'), [200, null, bytes]);
  const shown = await fetch(`${root}/files/${page.document?.file_id}`);
  assert.equal(shown.headers.get('content-type'), 'application/octet-stream');
  assert.equal(shown.headers.get('content-disposition'), 'attachment');
  assert.equal((await fetch(`${root}/files/none`)).status, 404);
});

test('an event stream goes on after the last event seen', async (t) => {
  const { root, person, api } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'one');
  const before = await fetch(`${root}/chats/${holly.bot}/messages?as=${holly.person.id}`);
  const after = before.headers.get('x-last-event-id') ?? '';
  await api.sendMessage(holly.bot, 'two');
  await api.sendMessage(holly.bot, 'three');

  const texts: unknown[] = [];
  const response = await fetch(`${root}/events?as=${holly.person.id}`, {
    headers: { 'last-event-id': after },
  });
  for await (const { id, data } of readEvents(response.body as ReadableStream<Uint8Array>)) {
    if (data === undefined) continue;
    texts.push([Number(id) - Number(after), (JSON.parse(data) as { text: string }).text]);
    if (texts.length === 2) break;
  }

  assert.deepEqual(texts, [
    [1, 'two'],
    [2, 'three'],
  ]);
});

test('a reader who missed more than is kept is told to load everything anew', async (t) => {
  const { root, person, telegram } = await openStand(t);
  const holly = await person('host');
  const first = await holly.say(holly.bot, 'one');
  const chat = telegram.chats.find(holly.bot);
  const message = chat && telegram.messages.find(chat, first.message_id);
  assert.ok(chat && message);
  for (let count = 0; count < 1001; count++) telegram.replace(chat, message);

  const response = await fetch(`${root}/events?as=${holly.person.id}&after=1`);

  const seen = [];
  for await (const { event, id } of readEvents(response.body as ReadableStream<Uint8Array>)) {
    seen.push(id ?? event);
    if (seen.length === 2) break;
  }
  assert.deepEqual(seen, ['1002', 'reset']);
});

test('the command menu is the one of the narrowest scope', async (t) => {
  const { root, person, api } = await openStand(t);
  const [holly, gina] = [await person('host'), await person('guest')];
  const menu = async (as: number, chat: number) => {
    const bot = (await (await fetch(`${root}/bot?as=${as}&chat=${chat}`)).json()) as {
      commands: Array<{ command: string }>;
    };
    return bot.commands.map(({ command }) => command);
  };
  const party = await holly.group('Party');
  await api.setMyCommands([{ command: 'start', description: 'Hello' }]);
  await api.setMyCommands([{ command: 'guests', description: 'Who comes' }], {
    scope: { type: 'chat', chat_id: holly.bot },
  });
  await api.setMyCommands([{ command: 'end_party', description: 'End' }], {
    scope: { type: 'all_chat_administrators' },
  });

  assert.deepEqual(await menu(holly.bot, holly.bot), ['guests']);
  assert.deepEqual(await menu(gina.bot, gina.bot), ['start']);
  assert.deepEqual(await menu(holly.bot, party), ['end_party']);
  assert.deepEqual(await menu(gina.bot, party), ['start']);
  await api.deleteMyCommands({ scope: { type: 'chat', chat_id: holly.bot } });
  assert.deepEqual(await menu(holly.bot, holly.bot), ['start']);
  assert.deepEqual(await api.getMyCommands(), [{ command: 'start', description: 'Hello' }]);
  await assert.rejects(
    api.setMyCommands([{ command: 'Start', description: 'capital' }]),
    refusal(400, 'Bad Request: BOT_COMMAND_INVALID'),
  );
  await assert.rejects(
    api.setMyCommands([{ command: 'start', description: '' }]),
    refusal(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID'),
  );
});

test('nothing that people see carries the token', async (t) => {
  const { root, person } = await openStand(t);
  const holly = await person('host');
  await holly.sendAudio(holly.bot, silentMp3(5), 'a.mp3');

  for (const path of [
    '/bot',
    '/people',
    `/people/${holly.bot}/chats`,
    `/chats/${holly.bot}/messages?as=${holly.bot}`,
  ]) {
    assert.ok(!(await (await fetch(root + path)).text()).includes(standToken));
  }
});

test('people change their own words, and the bot is told of what it sees; nobody changes another’s', async (t) => {
  const { person, api } = await openStand(t);
  const [holly, cole] = [await person('host'), await person('co-host')];
  const party = await holly.group('Party');
  const text = await holly.say(party, 'Are we redy?');
  const edited = await holly.edit(text, 'Are we ready?');
  assert.equal(edited.text, 'Are we ready?');
  assert.ok(edited.edit_date);
  await cole.waitForMessage(
    ({ message_id, text: said }) => message_id === text.message_id && said === edited.text,
  );
  const song = await holly.sendAudio(holly.bot, silentMp3(20), 'night.mp3', { caption: 'Ana' });
  assert.equal((await holly.edit(song, 'Anna')).caption, 'Anna');
  assert.equal((await holly.edit(song, '')).caption, undefined);
  await holly.edit(song, '');
  const updates = await api.getUpdates({ allowed_updates: ['edited_message'] });
  assert.deepEqual(
    updates.flatMap(({ edited_message: one }) => (one ? [one.text ?? one.caption] : [])),
    ['Are we ready?', 'Anna', undefined],
  );
  await assert.rejects(cole.edit(text, 'No.'), /That message cannot be edited/);
  await assert.rejects(holly.edit(text, ' '), /The message is empty/);
  await assert.rejects(holly.edit({ ...text, message_id: 999 }, 'Hi'), /no longer there/);
});

test('a message is deleted for everyone by who wrote it, and the bot’s by the person, with its file and all that was said', async (t) => {
  const { root, api, person, folder } = await openStand(t);
  const [holly, cole] = [await person('host'), await person('co-host')];
  const remove = (as: number, chat: number, id: number) =>
    fetch(`${root}/chats/${chat}/messages/${id}/delete`, {
      method: 'POST',
      headers: own,
      body: JSON.stringify({ as }),
    });
  const files = () =>
    readdirSync(join(folder, 'telegram', 'files'), { recursive: true }).filter((name) =>
      /file_/.test(String(name)),
    );
  const words = 'a secret of Anna’s';
  const holds = () =>
    [join(folder, 'telegram'), join(folder, 'mirror', 'telegram')].some((place) =>
      readFileSync(join(place, 'journal.jsonl')).includes(words),
    );
  const sent = await holly.send(holly.bot, 'audio', silentMp3(1), 'a.mp3', { caption: words });
  const [update] = await api.getUpdates();
  await api.getUpdates({ offset: update!.update_id + 1 });
  const again = await api.sendAudio(holly.bot, sent.audio!.file_id);
  assert.ok(files().length > 0 && holds());

  assert.equal((await remove(holly.bot, holly.bot, sent.message_id)).status, 204);
  assert.equal(holds(), false);
  assert.ok(files().length > 0, 'another message shows it');
  assert.equal((await remove(holly.bot, holly.bot, again.message_id)).status, 204, 'the bot’s, in private');
  assert.deepEqual(files(), []);
  await assert.rejects(api.sendAudio(holly.bot, sent.audio!.file_id), /wrong file identifier/);
  assert.deepEqual(await holly.messages(), []);

  const party = await holly.group('Party');
  const said = await cole.say(party, 'mine');
  assert.equal((await remove(holly.bot, party, said.message_id)).status, 403);
  const bots = await api.sendMessage(party, 'the bot’s');
  assert.equal((await remove(holly.bot, party, bots.message_id)).status, 403);
  assert.equal((await remove(cole.bot, party, said.message_id)).status, 204);
  assert.equal((await remove(cole.bot, party, said.message_id)).status, 404);
});
