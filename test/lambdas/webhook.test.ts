import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WaitingPhotos } from '../../bot/enrolment/waiting-photos.ts';
import { createWebhook, updateKey } from '../../lambdas/webhook.ts';
import type { Services } from '../../party/services.ts';
import { type BotHouse, openBotHouse, says } from '../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';

type Event = Parameters<ReturnType<typeof createWebhook>>[0];

interface Sent {
  readonly secret?: string;
  readonly header?: string;
  readonly method?: string;
  readonly body?: string;
  readonly base64?: boolean;
}

function eventOf({
  secret,
  header = 'x-telegram-bot-api-secret-token',
  method = 'POST',
  body,
  base64 = false,
}: Sent) {
  return {
    headers: { 'content-type': 'application/json', ...(secret !== undefined && { [header]: secret }) },
    requestContext: { http: { method } },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
  } as unknown as Event;
}

/** An update as Telegram makes it: the host says something. */
function said({ host }: BotHouse, updateId: number, text: string): string {
  const from = { id: host.person.id, is_bot: false, first_name: 'Holly' };
  return JSON.stringify({
    update_id: updateId,
    message: {
      message_id: updateId,
      date: 1_795_000_000,
      from,
      chat: { id: from.id, type: 'private', first_name: 'Holly' },
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  });
}

const answersIn = async ({ host }: BotHouse, what: RegExp): Promise<number> =>
  (await host.messages()).filter(says(what)).length;

test('without the right secret nothing is read, asked or answered', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, stand } = house;
  let asked = 0;
  const webhook = createWebhook({
    ...services,
    botSecret: () => {
      asked++;
      return services.botSecret();
    },
  });
  const off = stand.telegram.faults.always('*', { status: 500 });
  t.after(off);
  const body = said(house, 900, '/help');
  assert.deepEqual(await webhook(eventOf({ body })), { statusCode: 401 });
  assert.equal(asked, 0);
  assert.deepEqual(await webhook(eventOf({ body, secret: `${secret.webhookSecret}x` })), { statusCode: 401 });
  assert.deepEqual(await webhook(eventOf({ body, secret: '' })), { statusCode: 401 });
  assert.deepEqual(await webhook(eventOf({ body: '{', secret: 'wrong', method: 'GET' })), {
    statusCode: 401,
  });
  assert.equal(await services.table.get(updateKey(house.stand.telegram.bot.id, 900)), undefined);
});

const broken: Array<[what: string, sent: Sent, status: number]> = [
  ['no body', {}, 400],
  ['no JSON', { body: 'update' }, 400],
  ['JSON of another kind', { body: '[1]' }, 400],
  ['null', { body: 'null' }, 400],
  ['no update id', { body: '{"message":{}}' }, 400],
  ['another method', { body: '{"update_id":1}', method: 'GET' }, 405],
];
for (const [what, sent, status] of broken) {
  test(`a request with the secret and ${what} is answered with ${status}`, async (t) => {
    const { services, secret } = await openBotHouse(t);
    const answer = await createWebhook(services)(eventOf({ ...sent, secret: secret.webhookSecret }));
    assert.deepEqual(answer, { statusCode: status });
  });
}

test('the secret is found however the header is written, and the body in base64', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, host } = house;
  const body = Buffer.from(said(house, 901, '/help')).toString('base64');
  const header = 'X-Telegram-Bot-Api-Secret-Token';
  const event = eventOf({ secret: secret.webhookSecret, header, body, base64: true });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  await host.waitForMessage(says(/^Try this:/));
});

test('an update that comes again is done, and not done again', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 902, '/help') });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.equal(await answersIn(house, /^Try this:/), 1);
  const item = await services.table.get<{ expiresAt: number }>(updateKey(house.stand.telegram.bot.id, 902));
  assert.ok(item!.expiresAt > Date.now() / 1000 + 24 * 3600);
});

test('an update whose number was used long ago is a new one', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, stand } = house;
  const key = updateKey(stand.telegram.bot.id, 910);
  await services.claims.claim(key, 1, { expiresAt: Math.floor(Date.now() / 1000) - 1 });
  await services.claims.done(key);
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 910, '/help') });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.equal(await answersIn(house, /^Try this:/), 1);
});

test('what another bot has handled is nothing to this one', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const key = updateKey(1, 911);
  await services.claims.claim(key, 1);
  await services.claims.done(key);
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 911, '/help') });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.equal(await answersIn(house, /^Try this:/), 1);
});

test('of many at the same time one handles an update, and the others are told to come again', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 903, '/help') });
  const webhooks = Array.from({ length: 8 }, () => createWebhook(services));
  const statuses = (await Promise.all(webhooks.map((webhook) => webhook(event)))).map(
    ({ statusCode }) => statusCode,
  );
  assert.ok(statuses.includes(200));
  assert.ok(statuses.every((status) => status === 200 || status === 409));
  assert.equal(await answersIn(house, /^Try this:/), 1);
});

test('an update whose handler died is handled by the next when the lease has ended', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const key = updateKey(house.stand.telegram.bot.id, 904);
  await services.claims.claim(key, 60_000);
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 904, '/help') });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 409 });
  await services.claims.giveBack(key, 0);
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.equal(await answersIn(house, /^Try this:/), 1);
});

test('an update that ended its handler again and again is given up', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const key = updateKey(house.stand.telegram.bot.id, 905);
  for (let died = 0; died < 8; died++) {
    await services.claims.claim(key, 60_000);
    await services.claims.giveBack(key, 0);
  }
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 905, '/help') });
  assert.deepEqual(await createWebhook(services)(event), { statusCode: 200 });
  assert.equal(await answersIn(house, /^Try this:/), 0);
});

test('a failure of a feature is answered in words and counts as handled', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, host } = house;
  const failing: Services = {
    ...services,
    guests: new Proxy(services.guests, {
      get: () => () => Promise.reject(new Error('The table is on fire.')),
    }),
  };
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 906, '/guests') });
  assert.deepEqual(await createWebhook(failing)(event), { statusCode: 200 });
  await host.waitForMessage(says(/^Something went wrong on my side/));
});

const ids = [911, 912, 913];
test('of photos that are handled at the same time, by two Lambdas, each is kept and waits for its name', async (t) => {
  const house = await openBotHouse(t, { recognizer: plainRecognizer });
  const { services, secret, host } = house;
  const { message } = JSON.parse(said(house, 909, '/x'));
  // In a group nobody asks whose they are.
  const group = (await host.createGroup('The flat', [])).id;
  const photos = await Promise.all(
    ids.map(async (id) => (await host.sendPhoto(group, await plainPortrait(id - 910))).photo),
  );
  const eventOfPhoto = (id: number) => {
    const photo = photos[ids.indexOf(id)];
    const sent = { ...message, message_id: id, text: undefined, entities: undefined, photo };
    return eventOf({
      secret: secret.webhookSecret,
      body: JSON.stringify({ update_id: id, message: sent }),
    });
  };
  const statuses = await Promise.all(ids.map((id) => createWebhook(services)(eventOfPhoto(id))));
  assert.deepEqual(
    statuses,
    ids.map(() => ({ statusCode: 200 })),
  );
  await host.waitForMessage(says(/^Who’s this\?/));
  const asker = { chatId: host.bot, userId: host.person.id };
  const waiting = await new WaitingPhotos(services.table, services.now).list(asker);
  assert.deepEqual(
    waiting.map(({ messageId }) => messageId),
    ids,
  );
});

test('what fails before the bot knows who speaks comes again', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret } = house;
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 907, '/help') });
  await failsThenWorks(house, event, {
    ...services,
    hosts: new Proxy(services.hosts, { get: () => () => Promise.reject(new Error('No table.')) }),
  });
});

test('while Telegram does not say who the bot is, updates come again', async (t) => {
  const house = await openBotHouse(t);
  const { services, secret, stand } = house;
  const webhook = createWebhook(services);
  stand.telegram.faults.next('getMe', { status: 502 });
  const event = eventOf({ secret: secret.webhookSecret, body: said(house, 908, '/help') });
  assert.deepEqual(await webhook(event), { statusCode: 500 });
  assert.deepEqual(await webhook(event), { statusCode: 200 });
});

async function failsThenWorks(house: BotHouse, event: Event, failing: Services): Promise<void> {
  assert.deepEqual(await createWebhook(failing)(event), { statusCode: 500 });
  const { leaseEnds } = (await house.services.table.get<{ leaseEnds: number }>(
    updateKey(house.stand.telegram.bot.id, 907),
  ))!;
  assert.ok(leaseEnds <= Date.now());
  let statusCode = 409;
  // The lease has ended when the clock shows a later millisecond.
  while (statusCode === 409) ({ statusCode } = await createWebhook(house.services)(event));
  assert.equal(statusCode, 200);
  assert.equal(await answersIn(house, /^Try this:/), 1);
}
