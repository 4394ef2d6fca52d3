import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GrammyError } from 'grammy';
import { telegramLimits } from '../../../local/telegram/rate-limits.ts';
import { clockAt } from '../../support/clock.ts';
import { openStand } from './stand.ts';

/** Sends until it is refused. @returns how many went through, and the seconds to wait */
async function sendUntilRefused(send: () => Promise<unknown>): Promise<[sent: number, wait: number]> {
  for (let sent = 0; ; sent++) {
    try {
      await send();
    } catch (error) {
      assert.ok(error instanceof GrammyError);
      assert.equal(error.error_code, 429);
      const wait = error.parameters.retry_after!;
      assert.equal(error.description, `Too Many Requests: retry after ${wait}`);
      return [sent, wait];
    }
  }
}

test('a group takes 20 messages a minute, a private chat a burst of 5 and one a second, each for itself', async (t) => {
  const clock = clockAt(1_795_000_000_000);
  const { person, api, telegram } = await openStand(t, { now: clock.now, limits: telegramLimits });
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');
  const group = await holly.group('Party');

  assert.deepEqual(await sendUntilRefused(() => api.sendMessage(group, 'hello')), [20, 60]);
  clock.pass(59_000);
  assert.deepEqual(await sendUntilRefused(() => api.sendMessage(group, 'hello')), [0, 1]);
  assert.deepEqual(await sendUntilRefused(() => api.sendMessage(holly.bot, 'hello')), [5, 5]);
  await api.sendChatAction(group, 'typing');
  clock.pass(5_000);
  assert.deepEqual(await sendUntilRefused(() => api.sendMessage(holly.bot, 'hello')), [5, 5]);
  assert.deepEqual(await sendUntilRefused(() => api.sendMessage(group, 'hello')), [20, 60]);
  assert.equal(telegram.limiter.refused, 5);
});

test('without the option there is no limit', async (t) => {
  const { person, api } = await openStand(t);
  const holly = await person('host');
  const group = await holly.group('Party');
  for (let sent = 0; sent < 30; sent++) await api.sendMessage(group, 'hello');
});
