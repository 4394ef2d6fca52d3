import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KinesisStreamEvent } from 'aws-lambda';
import { createMatch } from '../lambdas/match.ts';
import { createWebhook } from '../lambdas/webhook.ts';
import { kinesisEvent } from '../local/lambda/kinesis-event.ts';
import { hour, second } from '../party/clock.ts';
import { openBotHouse, says } from './support/bot-house.ts';
import { keptChat } from './support/kept-chat.ts';
import { mutated, mutatedBytes, randomFrom } from './support/mutate.ts';
import { partyOn } from './support/party.ts';
import { bytesOf, match, recordOf } from './support/records.ts';
import { rounds, seedOf } from './support/rounds.ts';
import { openTable } from './support/table.ts';

test('mutated records: each is used or set aside, and whoever comes between them arrives', async (t) => {
  const { table, close } = await openTable();
  t.after(close);
  const house = partyOn(table);
  await house.people.assign('anna-1', { kind: 'guest', id: 'anna' });
  await house.guests.add('anna', 'Anna');
  await house.parties.start({ chatId: 42, startedBy: 1, endsAt: house.now() + 4 * hour });
  const chat = keptChat();
  const handler = createMatch(house, chat);
  const random = randomFrom(seedOf(t));

  const [batches, perBatch] = [rounds(15, 100), 20];
  for (let batch = 0; batch < batches; batch++) {
    house.clock.pass(10 * second);
    const strange = Array.from({ length: perBatch }, () => {
      const face = { matches: [match('anna-1', 85, 'photo-1'), match('by-hand', 99.5, 'Eve')] };
      const record = recordOf(house.now(), [face, { matches: [] }], { offset: 120 });
      return mutatedBytes(mutated(record, random), random);
    });
    const newcomer = { matches: [match(`face-${batch}`, 99.9, `Guest-${batch}`)] };
    const bytes = [...strange, bytesOf(recordOf(house.now(), [newcomer]))];

    const answer = await handler(eventOf(bytes, house.now()));

    const failed = answer.batchItemFailures.map(({ itemIdentifier }) =>
      strange[Number(itemIdentifier)]?.toString(),
    );
    assert.deepEqual(failed, [], 'none is to come again');
    assert.ok(
      chat.arrivals.some(({ name }) => name === `Guest-${batch}`),
      `the guest of batch ${batch}`,
    );
  }
  const broken = house.log.lines.filter((line) => line.includes('Broken record'));
  const all = batches * perBatch;
  t.diagnostic(`${broken.length} of ${all} were set aside, with reasons.`);
  assert.ok(broken.length > 0.1 * all && broken.length < 0.9 * all);
  assert.ok(!house.log.lines.some((line) => line.startsWith('error')), 'nothing failed');
});

/** The event of a batch; each record's sequence number is its place. */
function eventOf(all: readonly Uint8Array[], now: number): KinesisStreamEvent {
  const records = all.map((bytes, index) => ({
    sequenceNumber: String(index),
    partitionKey: 'p',
    data: Buffer.from(bytes),
    arrivedAt: now,
  }));
  return kinesisEvent('records', records);
}

test('mutated updates: each is answered, and the host is between them', {
  timeout: rounds(240_000, 1_200_000),
}, async (t) => {
  const house = await openBotHouse(t);
  const { host, services, secret } = house;
  const webhook = createWebhook(services);
  const random = randomFrom(seedOf(t));
  const from = { id: host.person.id, is_bot: false, first_name: 'Holly', language_code: 'en' };
  const chat = { id: from.id, type: 'private', first_name: 'Holly' };
  const message = { message_id: 1, date: 1_795_000_000, from, chat };
  const command = (text: string) => ({
    message: {
      ...message,
      text,
      entities: [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]!.length }],
    },
  });
  const file = { file_id: 'f', file_unique_id: 'u', file_size: 9 };
  const kinds = [
    ...['/help', '/guests', '/songs', '/status', '/end_party', '/start wrong-code-1', '/start_party 1x'].map(
      command,
    ),
    { message: { ...message, text: 'hello' } },
    {
      message: {
        ...message,
        caption: 'Anna',
        photo: [{ ...file, width: 9, height: 9 }],
        media_group_id: 'g',
      },
    },
    {
      message: {
        ...message,
        caption: 'Anna',
        audio: { ...file, duration: 3, mime_type: 'audio/mpeg', title: 'S' },
      },
    },
    { message: { ...message, document: { ...file, mime_type: 'image/png', file_name: 'a.png' } } },
    { edited_message: { ...message, text: 'hello' } },
    {
      callback_query: {
        id: '1',
        from,
        chat_instance: '1',
        data: 'song:to:abc:def',
        message: { ...message, text: 'x' },
      },
    },
    { callback_query: { id: '2', from, chat_instance: '1', data: 'photo:same:u', message } },
    {
      my_chat_member: {
        chat,
        from,
        date: 1,
        old_chat_member: { user: from, status: 'member' },
        new_chat_member: { user: from, status: 'left' },
      },
    },
  ];
  const deliver = (body: string) =>
    webhook({
      headers: { 'x-telegram-bot-api-secret-token': secret.webhookSecret },
      requestContext: { http: { method: 'POST' } },
      body,
      isBase64Encoded: false,
    } as never);

  const statuses = new Map<number, number>();
  for (let index = 0; index < rounds(200, 2000); index++) {
    const update = { update_id: 5000 + index, ...kinds[index % kinds.length] };
    const body = mutatedBytes(mutated(update, random), random).toString();
    let { statusCode } = await deliver(body);
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    // What Telegram would bring again is given up in the end; 503 says that it came too soon.
    for (let again = 0; statusCode >= 500; again += statusCode === 500 ? 1 : 0) {
      assert.ok(again < 8, `${statusCode} for ever for ${body.slice(0, 2000)}`);
      ({ statusCode } = await deliver(body));
    }
    assert.ok(statusCode === 200 || statusCode === 400, `${statusCode} for ${body.slice(0, 2000)}`);
    if (index % 100 === 99) {
      await host.say(host.bot, '/help');
      await host.waitForMessage(says(/^Try this:/));
    }
  }
  t.diagnostic([...statuses].map(([status, count]) => `${status}: ${count}`).join(', '));
});
