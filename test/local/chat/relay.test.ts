import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Update } from 'grammy/types';
import {
  PollingConflictError,
  TokenRefusedError,
  WebhookElsewhereError,
} from '../../../local/chat/relay/errors.ts';
import { startRelay } from '../../../local/chat/relay.ts';
import {
  afterwards,
  type Hook,
  openHook,
  openStand,
  type Stand,
  standSecret,
  standToken,
} from '../telegram/stand.ts';

/** A relay between a stand-in, taken for the real Telegram, and a webhook handler; it ends with the test. */
function relayOf(
  t: TestContext,
  stand: Stand,
  hook: Hook,
  more: Partial<Parameters<typeof startRelay>[0]> = {},
) {
  const ending = new AbortController();
  const problems: Error[] = [];
  const started = startRelay({
    token: standToken,
    apiRoot: stand.root,
    webhookUrl: hook.url,
    secretToken: standSecret,
    offsetFile: join(stand.folder, 'relay.json'),
    signal: ending.signal,
    onProblem: (error) => problems.push(error),
    pollSeconds: 10,
    firstDelayMs: 5,
    ...more,
  });
  const end = async () => {
    ending.abort();
    await (await started).done;
  };
  afterwards(t, () => end().catch(() => undefined));
  return { started, problems, end };
}

const textOf = (update: Update) => update.message?.text;

test('each update reaches the webhook handler with the secret, in order, and the offset is kept', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  const { started, end } = relayOf(t, stand, hook);
  const holly = await stand.person('host');

  assert.equal((await started).bot.id, 4_200_000_001);
  await holly.say(holly.bot, 'one');
  await holly.say(holly.bot, 'two');
  await hook.come(2);

  assert.deepEqual(hook.updates.map(textOf), ['one', 'two']);
  assert.deepEqual(new Set(hook.secrets), new Set([standSecret]));
  await end();
  const kept = JSON.parse(await readFile(join(stand.folder, 'relay.json'), 'utf8')) as { offset: number };
  assert.ok(kept.offset > (hook.updates[0]?.update_id ?? 0));
});

test('an update that the handler does not take comes again before the next one, and is not passed over', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  let refusals = 3;
  hook.answer = (_update, response) => void response.writeHead(refusals-- > 0 ? 503 : 200).end();
  const { problems } = relayOf(t, stand, hook);
  const holly = await stand.person('host');

  await holly.say(holly.bot, 'one');
  await holly.say(holly.bot, 'two');
  await hook.come(5);

  assert.deepEqual(hook.updates.map(textOf), ['one', 'one', 'one', 'one', 'two']);
  assert.match(problems[0]?.message ?? '', /answered 503/);
});

test('what a relay did not hand on is handed on by the next one, and nothing twice', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  const holly = await stand.person('host');
  hook.answer = (update, response) => void response.writeHead(textOf(update) === 'two' ? 503 : 200).end();
  const first = relayOf(t, stand, hook, { firstDelayMs: 60_000 });
  await holly.say(holly.bot, 'one');
  await holly.say(holly.bot, 'two');
  await hook.come(3);
  await first.end();

  hook.answer = (_update, response) => void response.end();
  relayOf(t, stand, hook);
  await hook.come(4);

  assert.deepEqual(hook.updates.map(textOf), ['one', 'two', 'two', 'two']);
});

for (const [age, hours] of [
  ['over a day old', -25],
  ['from a time still to come', 1],
] as const) {
  test(`an offset that is ${age} is let go, for Telegram may have begun its numbers anew`, async (t) => {
    const stand = await openStand(t);
    const hook = await openHook(t);
    const bot = standToken.split(':', 1)[0];
    const at = Date.now() + hours * 60 * 60 * 1000;
    await writeFile(join(stand.folder, 'relay.json'), JSON.stringify({ bot, offset: 2_000_000_000, at }));
    relayOf(t, stand, hook);
    const holly = await stand.person('host');

    await holly.say(holly.bot, 'one');
    await hook.come(1);

    assert.deepEqual(hook.updates.map(textOf), ['one']);
  });
}

test('Telegram out of reach or busy is tried again', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  stand.telegram.faults.next('getMe', { cut: 'before' }, { status: 502 });
  stand.telegram.faults.next(
    'getUpdates',
    { status: 429, retryAfter: 0.01 },
    { cut: 'after' },
    { status: 500 },
  );
  const { problems } = relayOf(t, stand, hook);
  const holly = await stand.person('host');

  await holly.say(holly.bot, 'at last');
  await hook.come(1);

  assert.equal(textOf(hook.updates[0] as Update), 'at last');
  assert.ok(problems.length >= 5);
  assert.ok(problems.every(({ message }) => !message.includes(standToken)));
});

test('a token whose webhook is set elsewhere is refused by the name of the host, unless it is taken over', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  await stand.api.setWebhook('http://localhost:9/some/path');

  await assert.rejects(relayOf(t, stand, hook).started, (error) => {
    assert.ok(error instanceof WebhookElsewhereError);
    assert.equal(error.host, 'localhost:9');
    assert.match(error.message, /--take-over/);
    return true;
  });
  assert.equal((await stand.api.getWebhookInfo()).url, 'http://localhost:9/some/path');

  await relayOf(t, stand, hook, { takeOver: true }).started;
  assert.equal((await stand.api.getWebhookInfo()).url, '');
});

test('a wrong token is refused in clear words that do not repeat it', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  const token = '4200000001:not-the-token-at-all';

  await assert.rejects(relayOf(t, stand, hook, { token }).started, (error) => {
    assert.ok(error instanceof TokenRefusedError);
    assert.ok(!`${error.stack}`.includes(token));
    return true;
  });
});

test('another program that polls with the token ends the relay, and so does a webhook set meanwhile', async (t) => {
  const stand = await openStand(t);
  const hook = await openHook(t);
  const polling = await relayOf(t, stand, hook).started;
  const conflict = assert.rejects(polling.done, PollingConflictError);
  while (!(await stand.api.getUpdates({ timeout: 0, limit: 1 }).then(() => settled(conflict))));
  await conflict;

  const another = await relayOf(t, stand, hook).started;
  const moved = assert.rejects(another.done, WebhookElsewhereError);
  await stand.api.setWebhook('http://127.0.0.1:9/');
  await moved;
});

test('a relay can be stopped while Telegram is out of reach', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  const stand = await openStand(t);
  const hook = await openHook(t);
  const ending = new AbortController();
  const { started } = relayOf(t, stand, hook, {
    apiRoot: `http://127.0.0.1:${port}`,
    signal: ending.signal,
    firstDelayMs: 60_000,
    onProblem: () => setImmediate(() => ending.abort()),
  });

  await assert.rejects(started);
});

async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(resolve, false)),
  ]);
}
