import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bot, InlineKeyboard, webhookCallback } from 'grammy';
import type { Update } from 'grammy/types';
import { openHook, openStand, refusal, standSecret, standToken } from './stand.ts';

/** Delays that a test can wait for. */
const quick = { firstMs: 5, longestMs: 20, timeoutMs: 5000 };

const textOf = (update: Update) => update.message?.text ?? update.callback_query?.data;

test('a webhook gets each update with the secret, one at a time, in order', async (t) => {
  const { api, person } = await openStand(t);
  const hook = await openHook(t);
  let inFlight = 0;
  let most = 0;
  hook.answer = (_update, response) => {
    most = Math.max(most, ++inFlight);
    setImmediate(() => {
      inFlight -= 1;
      response.end();
    });
  };
  await api.setWebhook(hook.url, { secret_token: standSecret, max_connections: 1 });
  const [holly, cole] = [await person('host'), await person('co-host')];

  await Promise.all([holly.say(holly.bot, 'one'), cole.say(cole.bot, 'two'), holly.say(holly.bot, 'three')]);
  await hook.come(3);

  assert.equal(most, 1);
  assert.deepEqual(new Set(hook.secrets), new Set([standSecret]));
  const ids = hook.updates.map(({ update_id }) => update_id);
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(ids).size, 3);
});

test('a grammY bot behind the webhook answers a person', async (t) => {
  const { api, person, root, telegram } = await openStand(t);
  const bot = new Bot(standToken, { client: { apiRoot: root }, botInfo: telegram.bot });
  bot.command('start', (context) => context.reply(`Hello ${context.from?.first_name}`));
  bot.callbackQuery('yes', (context) => context.answerCallbackQuery({ text: 'Done', show_alert: true }));
  const handle = webhookCallback(bot, 'std/http', { secretToken: standSecret });
  const hook = await openHook(t);
  hook.answer = async (update, response) => {
    const headers = { 'x-telegram-bot-api-secret-token': String(hook.secrets.at(-1)) };
    const answer = await handle(
      new Request(hook.url, { method: 'POST', headers, body: JSON.stringify(update) }),
    );
    response.writeHead(answer.status).end(await answer.text());
  };
  await api.setWebhook(hook.url, { secret_token: standSecret });
  const gina = await person('guest');

  await gina.say(gina.bot, '/start');

  assert.equal((await gina.waitForMessage()).text, 'Hello Gina');
  await api.sendMessage(gina.bot, 'Sure?', { reply_markup: new InlineKeyboard().text('Yes', 'yes') });
  const answer = await gina.pressAndWait(await gina.waitForMessage(), 'Yes');
  assert.deepEqual([answer.text, answer.show_alert], ['Done', true]);
});

test('an update that is not taken comes again until it is, and what is behind it in its chat waits', async (t) => {
  const { api, person } = await openStand(t, { delays: quick });
  const hook = await openHook(t);
  let refusals = 4;
  hook.answer = (update, response) => {
    const isRefused = textOf(update) === 'one' && refusals-- > 0;
    response.writeHead(isRefused ? 503 : 200).end();
  };
  await api.setWebhook(hook.url, { max_connections: 1 });
  const holly = await person('host');

  await holly.say(holly.bot, 'one');
  await holly.say(holly.bot, 'two');
  await hook.come(6);

  assert.deepEqual(hook.updates.map(textOf), ['one', 'one', 'one', 'one', 'one', 'two']);
  const info = await api.getWebhookInfo();
  assert.equal(info.last_error_message, 'Wrong response from the webhook: 503 Service Unavailable');
  assert.ok(info.last_error_date);
});

test('a chat whose update is refused does not hold up others, nor a press in the same chat', async (t) => {
  const { api, person } = await openStand(t, { delays: { ...quick, firstMs: 60_000, longestMs: 60_000 } });
  const hook = await openHook(t);
  hook.answer = (update, response) => void response.writeHead(textOf(update) === 'stuck' ? 500 : 200).end();
  const [holly, cole] = [await person('host'), await person('co-host')];
  await holly.say(holly.bot, 'hello');
  await api.setWebhook(hook.url, { max_connections: 1 });
  await hook.come(1);
  await api.sendMessage(holly.bot, 'A button', {
    reply_markup: new InlineKeyboard().text('Press', 'pressed'),
  });

  await holly.say(holly.bot, 'stuck');
  await hook.come(3);
  await holly.press(await holly.waitForMessage(), 'Press');
  await cole.say(cole.bot, 'not held up');
  await hook.come(5);

  assert.deepEqual(hook.updates.map(textOf).slice(1), ['stuck', 'stuck', 'pressed', 'not held up']);
  assert.equal((await api.getWebhookInfo()).pending_update_count, 1);
});

test('Retry-After is honoured', async (t) => {
  const { api, person, telegram } = await openStand(t, { delays: quick });
  const hook = await openHook(t);
  hook.answer = (_update, response) => void response.writeHead(503, { 'retry-after': '3000' }).end();
  await api.setWebhook(hook.url);
  const [holly, cole] = [await person('host'), await person('co-host')];

  await holly.say(holly.bot, 'one');
  await hook.come(1);
  await cole.say(cole.bot, 'another chat, later');
  await hook.come(2);

  assert.deepEqual(hook.updates.map(textOf), ['one', 'another chat, later']);
  assert.equal(telegram.updates.pending().length, 2);
});

test('a webhook that is not there is noted, and setting another one delivers at once', async (t) => {
  const { api, person } = await openStand(t, { delays: { ...quick, firstMs: 60_000, longestMs: 60_000 } });
  const hook = await openHook(t);
  await api.setWebhook('http://127.0.0.1:9/');
  const holly = await person('host');
  await holly.say(holly.bot, 'patience');
  while ((await api.getWebhookInfo()).last_error_message === undefined);

  assert.match((await api.getWebhookInfo()).last_error_message ?? '', /^Connection (refused|failed)/);
  await api.setWebhook(hook.url);
  await hook.come(1);
  assert.equal(textOf(hook.updates[0] as Update), 'patience');
});

test('a method in the answer to a webhook is run', async (t) => {
  const { api, person } = await openStand(t);
  const hook = await openHook(t);
  hook.answer = (update, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ method: 'sendMessage', chat_id: update.message?.chat.id, text: 'in reply' }),
    );
  };
  await api.setWebhook(hook.url);
  const holly = await person('host');

  await holly.say(holly.bot, 'hello');

  assert.equal((await holly.waitForMessage()).text, 'in reply');
});

test('setWebhook takes addresses of this machine and fitting secrets only', async (t) => {
  const { api } = await openStand(t);

  await assert.rejects(
    api.setWebhook('https://example.org/hook'),
    refusal(400, /only an address on this machine/),
  );
  await assert.rejects(
    api.setWebhook('nonsense'),
    refusal(400, 'Bad Request: bad webhook: invalid URL specified'),
  );
  await assert.rejects(
    api.setWebhook('http://127.0.0.1:1/', { secret_token: 'no blanks' }),
    refusal(400, 'Bad Request: secret token contains unallowed characters'),
  );
  await assert.rejects(
    api.setWebhook('http://127.0.0.1:1/', { secret_token: 'x'.repeat(257) }),
    refusal(400, 'Bad Request: secret token is too long'),
  );
  assert.equal((await api.getWebhookInfo()).url, '');
});

test('getUpdates gives what waits, confirms by offset, and is 409 while a webhook is set', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'one');
  await holly.say(holly.bot, 'two');

  const [one, two] = await api.getUpdates();
  assert.deepEqual((await api.getUpdates({ limit: 1 })).map(textOf), ['one']);
  assert.deepEqual((await api.getUpdates({ offset: -1 })).map(textOf), ['two']);
  assert.equal(two?.update_id, (one?.update_id ?? 0) + 1);
  assert.deepEqual(await api.getUpdates({ offset: (two?.update_id ?? 0) + 1 }), []);
  await api.setWebhook('http://127.0.0.1:9/');
  await assert.rejects(
    api.getUpdates(),
    refusal(409, /^Conflict: can't use getUpdates method while webhook is active/),
  );
  await api.deleteWebhook({ drop_pending_updates: true });
  assert.deepEqual(await api.getUpdates(), []);
});

test('a long poll is answered when something comes, and ended by a second one', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');

  const polls = [api.getUpdates({ timeout: 50 }), api.getUpdates({ timeout: 50 })];
  const ended = await Promise.race(polls.map((poll) => poll.catch((error: unknown) => error)));
  assert.ok(refusal(409, /terminated by other getUpdates request/)(ended));
  await holly.say(holly.bot, 'at last');

  const [answered] = (await Promise.allSettled(polls)).filter(({ status }) => status === 'fulfilled');
  assert.deepEqual((answered as PromiseFulfilledResult<Update[]>).value.map(textOf), ['at last']);
});

test('only the kinds of update that were asked for are kept', async (t) => {
  const { api, person } = await openStand(t);
  const holly = await person('host');
  await api.getUpdates({ allowed_updates: ['callback_query'] });

  await holly.say(holly.bot, 'not wanted');
  await api.sendMessage(holly.bot, 'Press', { reply_markup: new InlineKeyboard().text('Go', 'go') });
  await holly.press(await holly.waitForMessage(), 'Go');

  assert.deepEqual((await api.getUpdates()).map(textOf), ['go']);
});

test('a button press is answered once, within 150 s and 200 characters', async (t) => {
  let now = Date.now();
  const { api, person } = await openStand(t, { now: () => now });
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  await api.sendMessage(holly.bot, 'Press', { reply_markup: new InlineKeyboard().text('Go', 'go') });
  const message = await holly.waitForMessage();
  const tooOld = refusal(
    400,
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  );

  const id = await holly.press(message, 'Go');
  await assert.rejects(
    api.answerCallbackQuery(id, { text: 'x'.repeat(201) }),
    refusal(400, 'Bad Request: MESSAGE_TOO_LONG'),
  );
  await api.answerCallbackQuery(id, { text: 'x'.repeat(200) });
  await assert.rejects(api.answerCallbackQuery(id), tooOld);
  await assert.rejects(api.answerCallbackQuery('12345'), tooOld);
  const late = await holly.press(message, 'Go');
  now += 150_000;
  await assert.rejects(api.answerCallbackQuery(late), tooOld);
  assert.deepEqual((await api.getUpdates()).map(textOf), ['hello']);
});

test('updates keep for 24 hours', async (t) => {
  let now = Date.now();
  const { api, person } = await openStand(t, { now: () => now });
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');

  now += 24 * 60 * 60 * 1000 - 1;
  assert.equal((await api.getUpdates()).length, 1);
  now += 1;
  assert.equal((await api.getUpdates()).length, 0);
});
