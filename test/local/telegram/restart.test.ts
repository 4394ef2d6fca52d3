import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Api, InlineKeyboard, InputFile } from 'grammy';
import { beginChatAnew } from '../../support/chat-anew.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { silentMp3 } from '../../support/silence.ts';
import { PersonClient } from '../../support/telegram/person-client.ts';
import { afterwards, openHook, openStand, standSecret, standToken } from './stand.ts';

const program = fileURLToPath(new URL('./stand-process.ts', import.meta.url));

/** A stand-in in a process of its own, which can be killed at any moment. */
async function forkStand(folder: string, port = 0): Promise<{ child: ChildProcess; root: string }> {
  const { execArgv, file } = nodeArguments(program);
  const child = fork(file, [folder, String(port)], { execArgv });
  const [root] = (await once(child, 'message')) as [string];
  return { child, root };
}

test('after kill -9 everything is there again: people, messages, files, menus, and updates not yet taken', async (t) => {
  const folder = await emptyFolder();
  const hook = await openHook(t);
  hook.answer = (_update, response) => void response.writeHead(503, { 'retry-after': '3000' }).end();
  const { child, root } = await forkStand(folder);
  afterwards(t, () => child.kill('SIGKILL'));
  const api = new Api(standToken, { apiRoot: root });
  const holly = await PersonClient.connect(root, 'host');
  await api.setWebhook(hook.url, { secret_token: standSecret });
  await holly.say(holly.bot, 'hello');
  await hook.come(1);
  await api.setMyCommands([{ command: 'start', description: 'Hello' }]);
  const song = await api.sendAudio(holly.bot, new InputFile(silentMp3(10), 'a.mp3'), {
    reply_markup: new InlineKeyboard().text('Another song', 'song:1'),
  });
  const group = await holly.createGroup('New Year', []);
  const message = (await holly.messages()).at(-1);
  assert.ok(message);
  const query = await holly.press(message, 'song:1');
  const messages = await holly.messages();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await holly.close();
  // What was refused before: of several chats at once, so that it may be more than the first.
  const refused = hook.updates.length;
  const taken = () => new Set(hook.updates.slice(refused).map(({ update_id }) => update_id));

  hook.answer = (_update, response) => void response.end();
  const again = await openStand(t, { folder });
  const back = await again.person('host');
  await eventually('all that was refused came again', () => taken().size === 4);

  assert.deepEqual(await back.messages(), messages);
  assert.equal(await back.group('New Year'), group.id);
  assert.deepEqual(await back.download(song.audio.file_id), silentMp3(10));
  assert.deepEqual(await again.api.getMyCommands(), [{ command: 'start', description: 'Hello' }]);
  assert.deepEqual(new Set(hook.secrets), new Set([standSecret]));
  await again.api.answerCallbackQuery(query);
  const former = taken();
  const next = await back.say(back.bot, 'and on');
  assert.equal(next.message_id, message.message_id + 1);
  await eventually('the next one came', () => taken().size === 5);
  const { update_id: last = 0 } = hook.updates.find(({ message }) => message?.text === 'and on') ?? {};
  assert.ok(last > Math.max(...former));
});

test('a person who was cut off by a restart gets what happened meanwhile', async (t) => {
  const folder = await emptyFolder();
  const first = await forkStand(folder);
  afterwards(t, () => first.child.kill('SIGKILL'));
  const holly = await PersonClient.connect(first.root, 'host');
  afterwards(t, () => holly.close());
  await holly.say(holly.bot, 'hello');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const { api, close } = await openStand(t, { folder });
  await api.sendMessage(holly.bot, 'while you were away');
  await close();
  const second = await forkStand(folder, Number(new URL(first.root).port));
  afterwards(t, () => second.child.kill('SIGKILL'));

  assert.equal((await holly.waitForMessage()).text, 'while you were away');
});

test('a journal that is begun anew gives its updates other numbers than the one before', async (t) => {
  const folder = await emptyFolder();
  const numbers: number[] = [];
  for (const text of ['before', 'anew']) {
    const { api, person, close } = await openStand(t, { folder });
    const holly = await person('host');
    await holly.say(holly.bot, text);
    numbers.push(...(await api.getUpdates()).map(({ update_id }) => update_id));
    await close();
    await beginChatAnew(folder);
  }
  assert.equal(new Set(numbers).size, 2, String(numbers));
});
