import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inMessages } from '../../bot/wording.ts';

test('a long list becomes messages that Telegram takes, with no line cut or lost', () => {
  const lines = Array.from({ length: 300 }, (_, n) => `${n}: ${'x'.repeat(60)}`);
  const messages = inMessages(lines);
  assert.ok(messages.length > 1 && messages.every((message) => message.length <= 4096));
  assert.deepEqual(messages.join('\n').split('\n'), lines);
});

test('a short list is one message', () => assert.deepEqual(inMessages(['a', 'b']), ['a\nb']));
