import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rounds, seedOf } from '../../support/rounds.ts';
import { openStand, standToken } from './stand.ts';

const methods = [
  ...['getMe', 'setWebhook', 'getWebhookInfo', 'getUpdates', 'setMyCommands', 'getMyCommands', 'setMyName'],
  ...[
    'sendMessage',
    'sendPhoto',
    'sendAudio',
    'sendDocument',
    'sendVideo',
    'sendMediaGroup',
    'sendChatAction',
  ],
  ...['editMessageText', 'editMessageCaption', 'editMessageReplyMarkup', 'editMessageMedia', 'deleteMessage'],
  ...[
    'setMessageReaction',
    'answerCallbackQuery',
    'getFile',
    'getChat',
    'getChatMember',
    'getChatAdministrators',
  ],
];
const parameters = [
  ...['text', 'caption', 'parse_mode', 'entities', 'caption_entities', 'reply_markup', 'reply_parameters'],
  ...[
    'message_id',
    'media',
    'photo',
    'audio',
    'document',
    'thumbnail',
    'duration',
    'reaction',
    'commands',
    'scope',
  ],
  ...[
    'allowed_updates',
    'max_connections',
    'secret_token',
    'url',
    'offset',
    'limit',
    'callback_query_id',
    'file_id',
  ],
  ...['user_id', 'action', 'name', 'has_spoiler'],
];

/** Values that are nearly right, beside any JSON at all. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(1, '1', 'HTML', 'attach://x', '<b>x</b>', [{ type: 'photo', media: 5 }]),
  fc.record({
    inline_keyboard: fc.array(fc.array(fc.record({ text: fc.jsonValue(), callback_data: fc.jsonValue() }))),
  }),
  fc.array(
    fc.record({
      type: fc.constantFrom('bold', 'emoji', 'photo'),
      offset: fc.integer(),
      length: fc.jsonValue(),
    }),
  ),
);

test('whatever is sent to the Bot API, the answer is a refusal in words or a success, never a failure', async (t) => {
  const failures: unknown[] = [];
  const { root, person } = await openStand(t, { onError: (error) => failures.push(error) });
  const holly = await person('host');
  await holly.say(holly.bot, 'hello');

  const request = fc.record({
    method: fc.constantFrom(...methods),
    parameters: fc.dictionary(fc.constantFrom(...parameters), value, { maxKeys: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, parameters }) => {
      const answer = await fetch(`${root}/bot${standToken}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: holly.bot, message_id: 1, ...parameters }),
      });
      const { ok, description } = (await answer.json()) as { ok: boolean; description?: string };
      assert.ok(ok || (answer.status < 500 && description), `${answer.status} ${failures.at(-1)}`);
    }),
    { numRuns: rounds(250, 1000), seed: seedOf(t) },
  );
  assert.deepEqual(failures, []);
});

test('whatever a person sends, the answer is a refusal in words or a success, never a failure', async (t) => {
  const failures: unknown[] = [];
  const { root, person } = await openStand(t, { onError: (error) => failures.push(error) });
  const holly = await person('host');
  const headers = { 'content-type': 'application/json', 'x-musical-joy': '1' };
  const paths = [
    `/chats/${holly.bot}/messages`,
    `/chats/${holly.bot}/messages/1/press`,
    '/chats',
    '/people/1/block',
  ];
  const request = fc.record({
    path: fc.constantFrom(...paths),
    body: fc.dictionary(
      fc.constantFrom('text', 'data', 'title', 'members', 'reply_to_message_id', 'kind'),
      value,
    ),
  });

  await fc.assert(
    fc.asyncProperty(request, async ({ path, body }) => {
      const sent = JSON.stringify({ as: holly.bot, ...body });
      const answer = await fetch(root + path, { method: 'POST', headers, body: sent });
      await answer.arrayBuffer();
      assert.ok(answer.status < 500, `${answer.status} ${failures.at(-1)}`);
    }),
    { numRuns: rounds(100, 300), seed: seedOf(t) },
  );
  assert.deepEqual(failures, []);
});
