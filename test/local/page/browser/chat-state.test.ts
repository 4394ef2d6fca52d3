import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChatEvent, chatsAfter, noChats } from '../../../../local/page/browser/chat/chat-state.ts';
import { groupsOf } from '../../../../local/page/browser/chat/grouping.ts';
import type { Message } from '../../../../local/page/browser/chat/types.ts';

const host = { id: 1, is_bot: false, first_name: 'Holly' };
const bot = { id: 2, is_bot: true, first_name: 'Joy' };
const chat = { id: 1, type: 'private', first_name: 'Holly' } as const;

const said = (message_id: number, text = `${message_id}`, more: Partial<Message> = {}): Message =>
  ({ message_id, chat, from: bot, date: 1_700_000_000 + message_id, text, ...more }) as Message;

const after = (...events: ChatEvent[]) => events.reduce(chatsAfter, noChats);
const texts = (state: ReturnType<typeof after>) => state.messages[1]?.map(({ text }) => text);
const message = (one: Message): ChatEvent => ({ type: 'message', message: one });
const loaded = (...messages: Message[]): ChatEvent => ({
  type: 'loaded',
  chats: [{ id: 1, type: 'private' }],
  messages: { 1: messages },
});

test('a message is put in its place and never twice', () => {
  assert.deepEqual(texts(after(message(said(1)), message(said(3)), message(said(2)), message(said(3)))), [
    '1',
    '2',
    '3',
  ]);
});

test('an edited message takes the place of the old one', () => {
  const edited: ChatEvent = { type: 'edited', message: said(1, 'new') };
  assert.deepEqual(texts(after(message(said(1, 'old')), message(said(2)), edited)), ['new', '2']);
});

test('a deleted message is gone', () => {
  const deleted: ChatEvent = { type: 'deleted', chatId: 1, messageId: 1 };
  assert.deepEqual(texts(after(message(said(1)), message(said(2)), deleted)), ['2']);
});

test('what was deleted before the chats were loaded again is gone', () => {
  assert.deepEqual(texts(after(message(said(1)), message(said(2)), loaded(said(1)))), ['1']);
});

test('the bot types until it says something, or its time is over', () => {
  const types: ChatEvent = { type: 'action', chatId: 1, action: 'typing', until: 500 };
  assert.equal(after(types).actions[1]?.action, 'typing');
  assert.equal(after(types, message(said(1, 'hi', { from: host }))).actions[1]?.action, 'typing');
  assert.deepEqual(after(types, message(said(1))).actions, {});
  assert.deepEqual(after(types, { type: 'actions-over', now: 500 }).actions, {});
  assert.equal(after(types, { type: 'actions-over', now: 499 }).actions[1]?.action, 'typing');
});

test('an album is one bubble, even when something was said before all of it had come', () => {
  const album = { media_group_id: '9' };
  const groups = groupsOf([said(1), said(2, '', album), said(3), said(4, '', album), said(5)]);
  assert.deepEqual(
    groups.map(({ messages }) => messages.map(({ message_id }) => message_id)),
    [[1], [2, 4], [3], [5]],
  );
});

test('a new day and a new sender are marked once', () => {
  const groups = groupsOf([said(1), said(2), said(3, 'x', { from: host }), said(200_000)]);
  assert.deepEqual(
    groups.map(({ day, newSender }) => [day !== undefined, newSender]),
    [
      [true, true],
      [false, false],
      [false, true],
      [true, true],
    ],
  );
});
