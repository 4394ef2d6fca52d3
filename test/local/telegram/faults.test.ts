import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, HttpError } from 'grammy';
import { openStand, refusal, standToken } from './stand.ts';

test('a fault meets the next call of its method only', async (t) => {
  const { api, person, telegram } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  telegram.faults.next('sendMessage', { status: 429, retryAfter: 7 }, { status: 500 });

  await assert.rejects(
    api.sendMessage(holly.bot, 'one'),
    (error: { parameters?: { retry_after?: number } }) => {
      assert.equal(error.parameters?.retry_after, 7);
      return refusal(429, 'Too Many Requests: retry after 7')(error);
    },
  );
  await api.getMe();
  await assert.rejects(api.sendMessage(holly.bot, 'two'), refusal(500, 'Internal Server Error'));
  await api.sendMessage(holly.bot, 'three');
  assert.deepEqual(
    (await holly.messages()).map(({ text }) => text),
    ['hello', 'three'],
  );
});

test('a lasting fault stays until it is ended', async (t) => {
  const { api, person, telegram } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');

  const end = telegram.faults.always('*', { status: 403 });
  await assert.rejects(
    api.sendMessage(holly.bot, 'one'),
    refusal(403, 'Forbidden: bot was blocked by the user'),
  );
  await assert.rejects(api.getMe(), { error_code: 403 });
  end();
  await api.sendMessage(holly.bot, 'two');
});

test('a cut connection is an error for the caller, who cannot know whether the message was sent', async (t) => {
  const { api, person, telegram } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  telegram.faults.next('sendMessage', { cut: 'before' }, { cut: 'after' });

  await assert.rejects(api.sendMessage(holly.bot, 'lost'), HttpError);
  await assert.rejects(api.sendMessage(holly.bot, 'sent'), HttpError);

  assert.deepEqual(
    (await holly.messages()).map(({ text }) => text),
    ['hello', 'sent'],
  );
});

test('an answer that does not come leaves the caller to its own time-out', async (t) => {
  const { root, person, telegram, api } = await openStand(t);
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  telegram.faults.next('getMe', { hang: 'before' });
  telegram.faults.next('sendMessage', { hang: 'after' });

  await assert.rejects(new Api(standToken, { apiRoot: root, timeoutSeconds: 0.05 }).getMe(), HttpError);
  const giveUp = new AbortController();
  const sending = api.sendMessage(holly.bot, 'sent', {}, giveUp.signal as never);
  assert.equal((await holly.waitForMessage()).text, 'sent');
  giveUp.abort();
  await assert.rejects(sending, HttpError);
});
